import type { Effect, Fact, History, Plan, Script, Sent, TracedEffect } from '../history';

/*
 * A small history that keeps every promise, made by hand: a call, one fact of which is sent after its window has closed, and a
 * message in which nothing can be read. Tests spoil it.
 */

const epochMs = Date.UTC(2026, 0, 1);
const conversationId = 'call-1';
export const life = '000000000000aaaa';

const fact = (action: string, atMs: number, more: Partial<Fact> = {}): Fact => ({
  id: action,
  conversationId,
  action,
  timestamp: new Date(epochMs + atMs).toISOString(),
  raw: { conversationId, eventTime: epochMs + atMs, kind: action },
  session: null,
  endsAll: false,
  afterCallWorkOf: null,
  amounts: {},
  isUnreadable: false,
  ...more,
});

const session = (id: string, family: string, moment: 'start' | 'end', interacted = false): Pick<Fact, 'session'> => ({
  session: { id, family, moment, interacted },
});

export const facts = {
  start: fact('customer.start', 0, session('c', 'customer', 'start')),
  answer: fact('user.start', 1_000, session('u', 'user', 'start')),
  attributes: fact('attributes', 5_000),
  release: fact('user.end', 10_000, { ...session('u', 'user', 'end', true), amounts: { talkMs: 8_000, alertMs: 500 } }),
  end: fact('customer.end', 11_000, session('c', 'customer', 'end')),
  work: fact('acw', 15_000, { afterCallWorkOf: 'u', amounts: { afterCallWorkMs: 3_000 } }),
} as const;

const script: Script = { conversationId, kind: 'call', facts: Object.values(facts), endsAs: 'closed' };

export const bodyOf = ({ id }: Fact): string => JSON.stringify({ carries: id });
export const badBody = '{"broken';
export const canary = 'Canary Jane';

const lateMs = 200_000;

const messageOf = (one: Fact): Sent => ({
  atMs: one === facts.attributes ? lateMs : Date.parse(one.timestamp) - epochMs,
  body: bodyOf(one),
  facts: [one.id],
  rejection: null,
});

export const aPlan = (settings: Partial<Plan['settings']> = {}): Plan => ({
  seed: 1,
  profile: 'calm',
  workers: 1,
  startsAtMs: 0,
  settings: {
    handoffPolicy: 'final',
    emitPartialEveryMs: 0,
    publishEvents: false,
    holdMs: 30_000,
    acwHoldMs: 60_000,
    idleMs: 120_000,
    holdCapMs: 300_000,
    leaseMs: 60_000,
    tickMs: 2_000,
    visibilityMs: 30_000,
    maxReceives: 10,
    retentionMs: 1_000_000_000,
    eventRetentionMs: 1_000_000_000,
    heartbeatMs: 5_000,
    longPollMs: 10_000,
    outOfOrdernessMs: 5_000,
    shards: 1,
    maxAttempts: 8,
    notReadyGapMs: 5_000,
    notReadyMax: 3,
    ...settings,
  },
  weather: {
    refused: 0,
    lost: 0,
    landsLate: 0,
    partial: 0,
    slowMs: 20,
    stalled: 0,
    duplicates: 0,
    lostReceives: 0,
    indexLagMs: 0,
    clockSkewMs: [0],
    genesys: { absent: 0, incomplete: 0, unavailable: 0, refused: 0, slow: 0 },
  },
  scripts: [script],
  sideEvents: [],
  messages: [
    ...Object.values(facts).map(messageOf),
    { atMs: 3_000, body: badBody, facts: [], rejection: { reason: 'not-json', knownFromMs: null } },
  ],
  ambushes: [],
  delays: [],
  blows: [],
  learns: null,
  canaries: [canary],
});

type Timed = TracedEffect;

const at = (atMs: number, effect: Effect): Timed => ({ ...effect, atMs });

/** A message that is admitted at once, and what that does to the head. */
const admitted = (one: Fact, from: string): readonly Timed[] => {
  const { atMs, body } = messageOf(one);
  const messageId = `message-${one.id}`;
  return [
    at(atMs, { kind: 'sent', messageId, body, isRedrive: false }),
    at(atMs + 1, { kind: 'received', worker: 0, messageId, receiveCount: 1 }),
    at(atMs + 2, { kind: 'stored', worker: 0, conversationId, raw: one.raw }),
    at(atMs + 3, { kind: 'head', worker: 0, conversationId, from, to: 'open', finished: from === 'closed' ? 1 : 0 }),
    at(atMs + 4, { kind: 'deleted', worker: 0, messageId }),
  ];
};

const setAside = (atMs: number): readonly Timed[] => [
  at(atMs, { kind: 'sent', messageId: 'message-bad', body: badBody, isRedrive: false }),
  at(atMs + 1, { kind: 'received', worker: 0, messageId: 'message-bad', receiveCount: 1 }),
  at(atMs + 2, { kind: 'setAside', worker: 0, messageId: 'message-bad', body: badBody, reason: 'not-json', receiveCount: 1 }),
  at(atMs + 3, { kind: 'deleted', worker: 0, messageId: 'message-bad' }),
];

export type LooseRecord = Readonly<Record<string, unknown>>;

const recordOf = (made: readonly Fact[], more: LooseRecord): LooseRecord => ({
  conversationId,
  life,
  status: 'final',
  missing: [],
  anomalies: [],
  startedAt: facts.start.timestamp,
  endedAt: facts.end.timestamp,
  durationMs: 11_000,
  eventCount: made.length,
  lifecycle: made.map(({ timestamp, action }, index) => ({ sequence: index + 1, timestamp, action })),
  metrics: { talkMs: 8_000, holdMs: null, alertMs: 500, afterCallWorkMs: 3_000, queueWaitMs: null },
  ...more,
});

const inTime = Object.values(facts).filter((one) => one !== facts.attributes);

export const firstRecord = recordOf(inTime, {
  revision: 1,
  pane: 'on_time',
  supersedes: null,
  changed: [],
  contentHash: 'hash of five',
});

export const secondRecord = recordOf(Object.values(facts), {
  revision: 2,
  pane: 'late',
  supersedes: 1,
  changed: ['eventCount', 'lifecycle'],
  contentHash: 'hash of six',
});

/** A close from claim to finish, and all that it sends. */
export const closed = (atMs: number, record: LooseRecord, isHandedOff = true): readonly Timed[] => {
  const { revision, pane, status } = record;
  const finished = Number(revision);
  const name = `${conversationId}_${String(record['life'])}_${finished}`;
  const input = JSON.stringify({ conversationId, callDetailsStatus: 'absent', callDetails: null, record });
  const execution = isHandedOff ? { name, input } : null;
  const message = JSON.stringify(record);
  const attributes = { kind: 'record', status: String(status), pane: String(pane), revision: String(finished) };
  return [
    at(atMs, { kind: 'head', worker: 0, conversationId, from: 'open', to: 'closing', finished: finished - 1 }),
    at(atMs + 10, { kind: 'put', worker: 0, record, execution, notification: message }),
    ...(execution ? [at(atMs + 20, { kind: 'started', worker: 0, ...execution, answer: 'started' })] : []),
    at(atMs + 30, { kind: 'published', worker: 0, message, attributes }),
    at(atMs + 40, { kind: 'head', worker: 0, conversationId, from: 'closing', to: 'closed', finished }),
  ];
};

export const historyOf = (effects: readonly Timed[], more: Partial<History> = {}): History => ({
  effects: [...effects].sort((a, b) => a.atMs - b.atMs),
  heads: [{ conversationId, state: 'closed', finished: 2 }],
  left: { visible: 0, inFlight: 0 },
  logLines: ['Handed off a revision. {"conversationId":"call-1"}'],
  quietAtMs: 236_000,
  stuckWorkers: 0,
  branches: {},
  ...more,
});

export const admissions: readonly Timed[] = [
  at(0, { kind: 'worker', worker: 0, what: 'starts' }),
  ...inTime.flatMap((one) => admitted(one, one === facts.start ? 'missing' : 'open')),
  ...setAside(3_000),
  ...admitted(facts.attributes, 'closed'),
];

export const closes: readonly Timed[] = [...closed(50_000, firstRecord), ...closed(235_000, secondRecord)];

export const aHistory = (): History => historyOf([...admissions, ...closes]);
