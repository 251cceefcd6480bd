import type { Breach, Fact, Plan } from '../history';
import { isCalm, isFairWeather, nothingExpires } from './conditions';
import { type Conversation, nameOf, type Put } from './conversations';
import { breach } from './effects';
import type { Evidence } from './evidence';
import { awaitsAfterCallWork, isComplete } from './expected-record';

/*
 * Promise 5, the other half: a window closes in its time. Not before the hold (or the wait for more) has passed in queue time since
 * the newest of its facts was sent, whatever is said of wall time, however long the queue; so that a late revision has late facts.
 * In calm weather, not much later either.
 *
 *     newest fact sent         + hold or idle          + lag of the watermark
 *     ────┼──────────────────────────┼───────────────────────┼────►
 *         │  sent in here: in it     │  calm: closes in here │
 */

/** When each fact first reached the queue in a message that could be admitted, and when its last copy did. */
interface Sendings {
  readonly first: ReadonlyMap<string, number>;
  readonly last: ReadonlyMap<string, number>;
}

const collectSendings = ({ messages }: Evidence): Sendings => {
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { sent, truth } of messages) {
    const { atMs } = sent;
    for (const id of truth.facts) {
      first.set(id, Math.min(first.get(id) ?? Infinity, atMs));
      last.set(id, Math.max(last.get(id) ?? 0, atMs));
    }
  }
  return { first, last };
};

const holdOf = ({ holdMs, acwHoldMs }: Plan['settings'], facts: readonly Fact[]): number =>
  acwHoldMs > 0 && awaitsAfterCallWork(facts) ? Math.max(holdMs, acwHoldMs) : holdMs;

/** The cap counts from the first that looked like an end; where that was is the window's own affair, so it is taken as early as can be. */
const capOf = ({ settings }: Plan, facts: readonly Fact[], times: ReadonlyMap<string, number>): number => {
  const ends = facts.filter(({ session, endsAll }) => endsAll || session?.moment === 'end');
  return Math.min(...ends.map(({ id }) => times.get(id) ?? 0)) + settings.holdCapMs;
};

const closesAt = (plan: Plan, facts: readonly Fact[], times: ReadonlyMap<string, number>): number => {
  const newestMs = Math.max(...facts.map(({ id }) => times.get(id) ?? 0));
  if (!isComplete(facts)) return newestMs + plan.settings.idleMs;
  return Math.min(newestMs + holdOf(plan.settings, facts), capOf(plan, facts, times));
};

const closing = ({ lives }: Conversation): readonly (readonly Put[])[] =>
  lives.map((life) => life.filter(({ record }) => record.pane !== 'early'));

/** Queue time cannot be ahead of AWS's clock. */
const judgeTooEarly = ({ plan }: Evidence, { first }: Sendings, put: Put): readonly Breach[] => {
  const dueMs = closesAt(plan, put.facts, first);
  return put.atMs >= dueMs
    ? []
    : [breach(5, put.atMs, `${nameOf(put)}: expected its window to stay open until ${dueMs / 1_000} s, got it closed`)];
};

/** Two long polls find the queue empty, two heartbeats tell it, a few ticks find the window, a few calls make the record. */
const lagOf = ({ settings }: Plan): number =>
  2 * settings.longPollMs + 2 * settings.heartbeatMs + 3 * settings.tickMs + settings.outOfOrdernessMs + 10_000;

const judgeTooLate = ({ plan }: Evidence, { last }: Sendings, put: Put): readonly Breach[] => {
  const latestMs = Math.max(closesAt(plan, put.facts, last), plan.startsAtMs) + lagOf(plan);
  return put.atMs <= latestMs
    ? []
    : [breach(5, put.atMs, `${nameOf(put)}: expected its window to close by ${latestMs / 1_000} s in calm weather`)];
};

/** What is new in a late revision was sent after the time of the window before: else that one closed without it. */
const judgeNeedless = (
  { plan }: Evidence,
  { first }: Sendings,
  { put, before }: { put: Put; before: Put },
): readonly Breach[] => {
  const known = new Set(before.facts.map(({ id }) => id));
  const news = put.facts.filter(({ id }) => !known.has(id));
  const dueMs = closesAt(plan, before.facts, first);
  const inTime = news.filter(({ id }) => (first.get(id) ?? Infinity) < dueMs);
  if (news.length === 0 || inTime.length < news.length) return [];
  const promise = plan.blows.length > 0 && plan.blows.every(({ kind }) => kind === 'deploy') ? 8 : 5;
  return [
    breach(
      promise,
      put.atMs,
      `${nameOf(put)}: expected ${inTime[0]!.id} in ${nameOf(before)}, whose window was not due until ${dueMs / 1_000} s; it was sent at ${first.get(inTime[0]!.id)! / 1_000} s`,
    ),
  ];
};

const hasEvenClocks = ({ weather }: Plan): boolean => weather.clockSkewMs.every((ms) => ms === 0);

/**
 * The watermark holds back for whoever is slow or dead as long as a ghost counts. A message that is kept longer from all (a worker
 * that stands still, an answer that is lost again and again) may come behind it.
 */
const isWatermarkSure = (plan: Plan): boolean =>
  isFairWeather(plan) && plan.blows.every(({ kind }) => kind === 'kill' || kind === 'deploy') && plan.learns === null;

export const judgeWindowTimes = (evidence: Evidence): readonly Breach[] => {
  const { plan } = evidence;
  if (!hasEvenClocks(plan) || !nothingExpires(plan)) return [];
  const sendings = collectSendings(evidence);
  const lives = evidence.conversations.filter(({ script }) => script.endsAs === 'closed').flatMap(closing);
  const puts = lives.flat().filter(({ facts }) => facts.length > 0);
  const pairs = lives.flatMap((life) => life.slice(1).map((put, index) => ({ put, before: life[index]! })));
  return [
    ...puts.flatMap((put) => judgeTooEarly(evidence, sendings, put)),
    ...(isCalm(plan) ? puts.flatMap((put) => judgeTooLate(evidence, sendings, put)) : []),
    ...(isWatermarkSure(plan) ? pairs.flatMap((pair) => judgeNeedless(evidence, sendings, pair)) : []),
  ];
};
