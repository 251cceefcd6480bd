import type { Chance } from '../chance';
import type { Fact, Script } from '../history';
import type { Canaries } from './canaries';
import { asEndMark, epochMs, inDetailEnvelope, inEventBridge, iso } from './carriers';
import { scriptCall, scriptGivenUp, scriptMarked, scriptReopened, type Step } from './feed-scripts';

type Raw = Readonly<Record<string, unknown>>;

/** Facts that travel together, and what their sender makes of them, anew for each copy. */
export interface Load {
  readonly facts: readonly Fact[];
  /** When it happened: nobody can have sent it before. */
  readonly atMs: number;
  readonly wire: (chance: Chance) => Raw;
}

export interface Scripted {
  readonly script: Script;
  readonly loads: readonly Load[];
}

export type ScriptKind =
  | 'call'
  | 'call-without-acw'
  | 'never-ending'
  | 'without-start'
  | 'transferred'
  | 'abandoned'
  | 'given-up'
  | 'given-up-in-queue'
  | 'reopened'
  | 'marked'
  | 'details'
  | 'giant'
  | 'unreadable'
  | 'parked';

const rawOf = (conversationId: string, atMs: number, { action, participant, body }: Step): Raw =>
  action === 'conversation.end'
    ? { conversationId, timestamp: iso(atMs) }
    : { eventTime: epochMs + atMs, conversationId, participantId: participant, ...body };

const loadOf = (conversationId: string, beginMs: number, step: Step, unreadable: string | null): Load => {
  const atMs = beginMs + Math.floor(step.afterMs);
  const { action } = step;
  const raw = rawOf(conversationId, atMs, step);
  const isUnreadable = action === unreadable;
  const fact: Fact = {
    id: `${conversationId}/${String(step.afterMs)}/${action}`,
    conversationId,
    action,
    timestamp: iso(atMs),
    raw,
    session: isUnreadable ? null : (step.session ?? null),
    endsAll: step.endsAll ?? false,
    afterCallWorkOf: isUnreadable ? null : (step.afterCallWorkOf ?? null),
    amounts: isUnreadable ? {} : (step.amounts ?? {}),
    isUnreadable,
  };
  const wire = (chance: Chance): Raw =>
    action === 'conversation.end' ? asEndMark(chance, raw, atMs) : inEventBridge(chance, action, raw, atMs);
  return { facts: [fact], atMs, wire };
};

interface About {
  readonly conversationId: string;
  readonly kind: ScriptKind;
  readonly beginMs: number;
}

/** Facts in the order of a record: by time, an end mark last of all. */
const inOrder = (loads: readonly Load[]): readonly Fact[] => {
  const facts = [...loads].sort((a, b) => a.atMs - b.atMs).flatMap((load) => load.facts);
  return [
    ...facts.filter(({ action }) => action !== 'conversation.end'),
    ...facts.filter(({ action }) => action === 'conversation.end'),
  ];
};

/** No two facts of one conversation at one instant: their order would be a matter of ranks, which are not the script's. */
const spreadOut = (steps: readonly Step[]): readonly Step[] => {
  let lastMs = -1;
  return [...steps]
    .sort((a, b) => a.afterMs - b.afterMs)
    .map((step) => {
      lastMs = Math.max(lastMs + 1, Math.floor(step.afterMs));
      return { ...step, afterMs: lastMs };
    });
};

const scriptOfSteps = (about: About, steps: readonly Step[], unreadable: string | null = null): Scripted => {
  const { conversationId, kind, beginMs } = about;
  const loads = spreadOut(steps).map((step) => loadOf(conversationId, beginMs, step, unreadable));
  const endsAs = kind === 'parked' ? 'parked' : 'closed';
  return { script: { conversationId, kind, facts: inOrder(loads), endsAs }, loads };
};

const detailFact = (conversationId: string, raw: Raw, envelope: string, endsAll: boolean): Fact => ({
  id: `${conversationId}/${envelope}/${String(raw['sequence'])}`,
  conversationId,
  action: String(raw['name']),
  timestamp: String(raw['timestamp']),
  raw,
  session: null,
  endsAll,
  afterCallWorkOf: null,
  amounts: {},
  isUnreadable: false,
});

/** The older integration: envelopes of many details; the last detail of the last one says that it is over. */
const scriptDetails = (about: About, envelopes: number, detailsEach: number): Scripted => {
  const { conversationId, kind, beginMs } = about;
  const loads = Array.from({ length: envelopes }, (_, index): Load => {
    const createdMs = beginMs + (index + 1) * 4_000;
    const details = Array.from({ length: detailsEach }, (_detail, at): Raw => {
      const isLast = index === envelopes - 1 && at === detailsEach - 1;
      const [name, data] = isLast
        ? ['conversation:state', { status: 'disconnected' }]
        : ['participant:added', { participantId: `participant-${at % 3}` }];
      const timestamp = iso(createdMs - Math.floor(((detailsEach - at) * 3_900) / detailsEach));
      return { name, type: name, data, sequence: at + 1, timestamp };
    });
    const facts = details.map((raw) =>
      detailFact(conversationId, raw, String(index), (raw['data'] as Raw)['status'] === 'disconnected'),
    );
    return { facts, atMs: createdMs, wire: () => inDetailEnvelope(conversationId, createdMs, details) };
  });
  return { script: { conversationId, kind, facts: loads.flatMap(({ facts }) => facts), endsAs: 'closed' }, loads };
};

/** The type whose mapper throws in histories with poison; it is about no session. */
export const unreadableAction = 'flow.outcome';

const poison: Step = { action: unreadableAction, afterMs: 700, participant: 'flow', body: { flowOutcomeId: 'outcome-1' } };

export const drawScript = (chance: Chance, about: About, canaries: Canaries): Scripted => {
  const call = (shape: Parameters<typeof scriptCall>[1]): readonly Step[] => scriptCall(chance, shape, canaries);
  switch (about.kind) {
    case 'call':
    case 'parked':
      return scriptOfSteps(about, call('whole'));
    case 'call-without-acw':
      return scriptOfSteps(about, call('without-acw'));
    case 'never-ending':
      return scriptOfSteps(about, call('without-end'));
    case 'without-start':
      return scriptOfSteps(about, call('without-start'));
    case 'transferred':
      return scriptOfSteps(about, call('transferred'));
    case 'abandoned':
      return scriptOfSteps(about, call('abandoned'));
    case 'given-up':
      return scriptOfSteps(about, scriptGivenUp(chance, 'before', canaries));
    case 'given-up-in-queue':
      return scriptOfSteps(about, scriptGivenUp(chance, 'queue', canaries));
    case 'reopened':
      return scriptOfSteps(about, scriptReopened(chance, canaries));
    case 'marked':
      return scriptOfSteps(about, scriptMarked(chance, canaries));
    case 'unreadable':
      return scriptOfSteps(about, [...call('whole'), poison], unreadableAction);
    case 'details':
      return scriptDetails(about, chance.whole(1, 4), chance.whole(2, 6));
    case 'giant':
      return scriptDetails(about, 5, 1_000);
  }
};
