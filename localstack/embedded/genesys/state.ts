import type { Lag, UnknownIds } from './analytics';
import { defaultLimits, type Limits } from './limits';
import type { Topic } from './topics';
import { checkedSwitches, defaultSwitches, type Switches } from './unverified';

/**
 * What can be set about a running fake. A field that is added here, with its default below, is an option of the server, a function
 * of its control and a name under `/_control/`, all by itself.
 */
export interface State {
  readonly lag: Lag;
  readonly unknownIds: UnknownIds;
  readonly limits: Limits;
  /** All notification topics that the organisation is offered. */
  readonly topics: readonly Topic[];
  readonly switches: Switches;
}

const defaultState: State = {
  lag: {},
  unknownIds: 'synthesize',
  limits: defaultLimits,
  topics: [],
  switches: defaultSwitches,
};

/** Limits and switches that are not named stay as they are. */
export type Settings = { readonly [K in keyof State]: K extends 'limits' | 'switches' ? Partial<State[K]> : State[K] };

export type Setters = { readonly [K in keyof State]: (setting: Settings[K]) => void };

/** The state is live: whoever holds it sees every change. */
export const createState = (initial: Partial<Settings>): { readonly state: State; readonly setters: Setters } => {
  const state: { -readonly [K in keyof State]: State[K] } = { ...defaultState };
  const set = <K extends keyof State>(name: K, setting: unknown): void => void (state[name] = setting as State[K]);
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
