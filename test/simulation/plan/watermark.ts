import type { Chance } from '../chance';
import type { Blow, Plan } from '../history';

/*
 * Histories in which the watermark is needed. A message is kept from the table for longer than a hold, while the queue goes on:
 * another receive comes back empty or with newer ones. So holds are short, the visibility timeout is long, and traffic is steady.
 *
 *     sent, received       kept by a dead worker, a slow answer, a slow write, a hot partition       in the table
 *     ────┼──────────────────────────────────────────────────────────────────────────────────────────────┼────►
 *                 the rest of its conversation ──► ends ──► hold ──► a careless watermark closes it
 */

/** One in seventeen, by its number: what the other seeds play does not change. */
export const isOfWatermark = (seed: number): boolean => seed % 17 === 16;

/** Heartbeats are frequent and polls short: the watermark is close behind the queue. */
export const hurried = (settings: Plan['settings']): Plan['settings'] => ({
  ...settings,
  holdMs: 5_000,
  acwHoldMs: 0,
  emitPartialEveryMs: 0,
  idleMs: 120_000,
  holdCapMs: 240_000,
  tickMs: 1_000,
  visibilityMs: 60_000,
  heartbeatMs: 2_000,
  longPollMs: 5_000,
  outOfOrdernessMs: 2_000,
});

type Traffic = Pick<Plan, 'workers' | 'scripts' | 'messages'>;

/** When the messages of each conversation are sent. */
export const timesOf = ({ messages }: Pick<Plan, 'messages'>, { facts }: Plan['scripts'][number]): readonly number[] => {
  const own = new Set(facts.map(({ id }) => id));
  return messages.filter((sent) => sent.facts.some((id) => own.has(id))).map(({ atMs }) => atMs);
};

/** Just before one that is not its conversation's last: what is kept must have something to be missed by. */
const drawTime = (chance: Chance, times: readonly number[]): number =>
  Math.max(0, (times[chance.whole(0, Math.max(0, times.length - 2))] ?? 0) - chance.whole(1, 20));

const slow = (chance: Chance, call: 'receive' | 'write', times: readonly number[]): Blow => ({
  kind: 'slow',
  atMs: drawTime(chance, times),
  call,
  forMs: chance.whole(25_000, 50_000),
});

const kill = (chance: Chance, workers: number, times: readonly number[]): Blow => ({
  kind: 'kill',
  atMs: drawTime(chance, times),
  worker: chance.whole(0, workers - 1),
  moment: 'receive',
});

/** Handed back again and again, with pauses that double: in one of them a careless watermark goes on. */
const throttle = (chance: Chance, conversationId: string, times: readonly number[]): Blow => ({
  kind: 'throttle',
  atMs: drawTime(chance, times),
  conversationId,
  forMs: chance.whole(40_000, 100_000),
});

export const drawSnags = (chance: Chance, traffic: Traffic): readonly Blow[] => {
  const all = traffic.scripts.map((script) => ({ id: script.conversationId, times: timesOf(traffic, script) }));
  const some = all.filter(() => chance.is(0.6));
  switch (chance.whole(0, 3)) {
    case 0:
      return some.map(({ times }) => slow(chance, 'write', times));
    case 1:
      return some.map(({ times }) => slow(chance, 'receive', times));
    case 2:
      return some.slice(0, 2).map(({ id, times }) => throttle(chance, id, times));
    default:
      return some.map(({ times }) => kill(chance, traffic.workers, times));
  }
};
