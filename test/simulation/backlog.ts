import type { Fleet } from '../../src/ports';
import { createChance } from './chance';
import type { Blow, Fact, History, Plan, Sent } from './history';
import { drawCanaries } from './plan/canaries';
import { epochMs } from './plan/carriers';
import { drawScript, type ScriptKind } from './plan/scripts';
import { playPlan } from './play';
import type { World } from './world';

/*
 * What a backlog costs in late revisions. The same half hour of traffic, some of it late by itself, is played three times:
 *
 *   live        from the beginning, nobody is killed: what the traffic's own lateness explains
 *   backlog     workers begin when half an hour of it waits, and are killed while it drains
 *   wall clock  the same, held by the clock in place of the fleet's watermark, all else being production's code
 */

const minute = 60_000;
const backlogMs = 30 * minute;
/** It goes on while the backlog drains. */
const trafficMs = 33 * minute;

const kinds: readonly [ScriptKind, ...ScriptKind[]] = ['call', 'call', 'transferred', 'abandoned', 'details', 'marked'];

const settings: Plan['settings'] = {
  handoffPolicy: 'final',
  emitPartialEveryMs: 0,
  publishEvents: false,
  holdMs: 45_000,
  acwHoldMs: 60_000,
  idleMs: 30 * minute,
  holdCapMs: 30 * minute,
  leaseMs: minute,
  tickMs: 1_000,
  visibilityMs: 2 * minute,
  maxReceives: 1_000,
  retentionMs: 100 * 86_400_000,
  eventRetentionMs: 100 * 86_400_000,
  heartbeatMs: 5_000,
  longPollMs: 20_000,
  outOfOrdernessMs: 5_000,
  shards: 2,
  maxAttempts: 8,
  notReadyGapMs: 5_000,
  notReadyMax: 3,
};

const workers = 3;

/** So slow that half an hour of traffic takes minutes to drain, as it does at production's rates. */
const weather: Plan['weather'] = {
  refused: 0,
  lost: 0,
  landsLate: 0,
  partial: 0,
  slowMs: 8_000,
  stalled: 0,
  duplicates: 0.02,
  lostReceives: 0,
  indexLagMs: 0,
  clockSkewMs: Array.from({ length: workers }, () => 0),
  genesys: { absent: 0, incomplete: 0, unavailable: 0, refused: 0, slow: 0 },
};

const punctualMs = 2_000;

/** Three in a hundred come minutes late: those alone must lead to late revisions. */
const drawTraffic = (seed: number, conversations: number): Pick<Plan, 'scripts' | 'messages' | 'canaries'> => {
  const chance = createChance(seed);
  const canaries = drawCanaries(chance);
  const scripted = Array.from({ length: conversations }, (_, index) =>
    drawScript(
      chance,
      { conversationId: `conversation-${index}`, kind: chance.pick(kinds), beginMs: chance.whole(0, trafficMs) },
      canaries,
    ),
  );
  const messages = scripted.flatMap(({ loads }) =>
    loads.map((load): Sent => {
      const delayMs = chance.is(0.03) ? chance.whole(2 * minute, 6 * minute) : chance.whole(0, punctualMs);
      const facts = load.facts.map(({ id }) => id);
      return { atMs: load.atMs + delayMs, body: JSON.stringify(load.wire(chance)), facts, rejection: null };
    }),
  );
  return {
    scripts: scripted.map(({ script }) => script),
    messages: messages.sort((a, b) => a.atMs - b.atMs),
    canaries: Object.values(canaries),
  };
};

/** Each with a batch in its hands, which hides for as long as minutes of the backlog take to drain. */
const kills: readonly Blow[] = Array.from({ length: 20 }, (_, index) => ({
  kind: 'kill',
  atMs: backlogMs + 5_000 + index * 15_000,
  worker: index % workers,
  moment: index % 2 === 0 ? 'receive' : 'write',
}));

const planOf = (seed: number, conversations: number, way: 'live' | 'backlog'): Plan => ({
  seed,
  profile: 'backlog',
  workers,
  startsAtMs: way === 'live' ? 0 : backlogMs,
  settings,
  weather,
  ...drawTraffic(seed, conversations),
  sideEvents: [],
  ambushes: [],
  delays: [],
  blows: way === 'live' ? [] : kills,
  learns: null,
});

/** Whatever the workers say, the fleet's watermark is the time of day. */
const heldByTheClock = (world: World): World => {
  const nowForAll = (members: Awaited<ReturnType<Fleet['members']>>) =>
    members.map((member) => ({ ...member, watermarkMs: world.clock.nowMs(), fleetWatermarkMs: world.clock.nowMs() }));
  const { beat, members, remove } = world.fleet;
  const fleet: Fleet = {
    beat: async (member, expiresAtMs) => nowForAll(await beat(member, expiresAtMs)),
    members: async () => nowForAll(await members()),
    remove,
  };
  return { ...world, fleet };
};

interface BacklogRow {
  readonly way: string;
  readonly conversations: number;
  readonly revisions: number;
  readonly lateRevisions: number;
  /** Of conversations of which no event came late: nothing in the traffic explains them. */
  readonly unexplained: number;
  /** Workers killed with something in hand. */
  readonly kills: number;
  /** From the workers' start until all was quiet; null if it never was. */
  readonly quietAfterMs: number | null;
}

const happenedAtMs = ({ timestamp }: Fact): number => Date.parse(timestamp) - epochMs;

const latelyTold = ({ scripts, messages }: Plan): ReadonlySet<string> => {
  const facts = new Map(scripts.flatMap((script) => script.facts.map((fact) => [fact.id, fact])));
  const told = messages.flatMap(({ atMs, facts: ids }) =>
    ids.flatMap((id) => facts.get(id) ?? []).map((fact) => ({ atMs, fact })),
  );
  return new Set(told.filter(({ atMs, fact }) => atMs - happenedAtMs(fact) > punctualMs).map(({ fact }) => fact.conversationId));
};

const rowOf = (way: string, plan: Plan, { effects, quietAtMs }: History): BacklogRow => {
  const puts = effects.flatMap((effect) => (effect.kind === 'put' ? [effect.record] : []));
  const late = puts.filter((record) => record['pane'] === 'late');
  const explained = latelyTold(plan);
  return {
    way,
    conversations: plan.scripts.length,
    revisions: puts.length,
    lateRevisions: late.length,
    unexplained: late.filter((record) => !explained.has(String(record['conversationId']))).length,
    kills: effects.filter((effect) => effect.kind === 'worker' && effect.what === 'killed').length,
    quietAfterMs: quietAtMs === null ? null : quietAtMs - plan.startsAtMs,
  };
};

export interface BacklogFigures {
  readonly live: BacklogRow;
  readonly backlog: BacklogRow;
  readonly wallClock: BacklogRow;
}

export const measureBacklog = async (seed = 1, conversations = 150): Promise<BacklogFigures> => {
  const live = planOf(seed, conversations, 'live');
  const backlog = planOf(seed, conversations, 'backlog');
  return {
    live: rowOf('live, nobody killed', live, await playPlan(live)),
    backlog: rowOf('30 min of backlog, workers killed', backlog, await playPlan(backlog)),
    wallClock: rowOf('the same, held by the clock', backlog, await playPlan(backlog, heldByTheClock)),
  };
};

/** As a table, for people. */
export const printBacklog = ({ live, backlog, wallClock }: BacklogFigures): string =>
  [
    ['', 'conversations', 'revisions', 'late revisions', 'unexplained', 'killed', 'quiet after'],
    ...[live, backlog, wallClock].map(
      ({ way, conversations, revisions, lateRevisions, unexplained, kills: killed, quietAfterMs }) => [
        way,
        ...[conversations, revisions, lateRevisions, unexplained, killed].map(String),
        quietAfterMs === null ? 'never' : `${(quietAfterMs / minute).toFixed(1)} min`,
      ],
    ),
  ]
    .map(([way = '', ...cells]) => way.padEnd(36) + cells.map((cell) => cell.padStart(16)).join(''))
    .join('\n');
