import type { Lag, UnknownIds } from './analytics';
import { emptyDirectory, type Directory } from './directory';
import { defaultLimits, type Limits } from './limits';
import type { LiveConversation } from './live-conversation';
import { anOrganisation, type Organisation } from './organisation';
import type { Sentiments } from './sentiment';
import type { Client } from './clients';
import type { Topic } from './topics';
import type { Transcribed } from './transcripts';
import { checkedSwitches, defaultSwitches, type Switches } from './unverified';

/**
 * What can be set about a running fake. A field that is added here, with its default below, is an option of the server, a function
 * of its control and a name under `/_control/`, all by itself.
 */
export interface State {
  /** Clients and their roles; a token of a client that is not among them is worthless. */
  readonly clients: readonly Client[];
  readonly lag: Lag;
  readonly unknownIds: UnknownIds;
  readonly limits: Limits;
  /** All notification topics that the organisation is offered. */
  readonly topics: readonly Topic[];
  readonly switches: Switches;
  /**
   * How many conversations come in, at the front of a query's hits, between a page and the next: as many are read twice. Less than
   * none: so many are gone, and as many are never read.
   */
  readonly pageShift: number;
  readonly live: readonly LiveConversation[];
  readonly sentiments: Sentiments;
  readonly transcripts: readonly Transcribed[];
  readonly directory: Directory;
  /** Changed by whoever sets it up. */
  readonly organisation: Organisation;
}

const defaultState: Omit<State, 'organisation'> = {
  clients: [],
  lag: {},
  unknownIds: 'synthesize',
  limits: defaultLimits,
  topics: [],
  switches: defaultSwitches,
  pageShift: 0,
  live: [],
  sentiments: {},
  transcripts: [],
  directory: emptyDirectory,
};

/** Limits and switches that are not named stay as they are. */
export type Settings = { readonly [K in keyof State]: K extends 'limits' | 'switches' ? Partial<State[K]> : State[K] };

export type Setters = { readonly [K in keyof State]: (setting: Settings[K]) => void };

/** The state is live: whoever holds it sees every change. */
export const createState = (initial: Partial<Settings>): { readonly state: State; readonly setters: Setters } => {
  const state: { -readonly [K in keyof State]: State[K] } = { ...defaultState, organisation: anOrganisation() };
  const set = (name: keyof State, setting: unknown): void => void Object.assign(state, { [name]: setting });
  const plain = Object.fromEntries(
    (Object.keys(state) as (keyof State)[]).map((name) => [name, (setting: unknown) => set(name, setting)]),
  );
  const setters: Setters = {
    ...(plain as unknown as Setters),
    limits: (limits) => set('limits', { ...state.limits, ...limits }),
    switches: (switches) => set('switches', { ...state.switches, ...checkedSwitches(switches) }),
  };
  for (const name of Object.keys(state) as (keyof State)[])
    if (initial[name] !== undefined) (setters[name] as (setting: unknown) => void)(initial[name]);
  return { state, setters };
};
