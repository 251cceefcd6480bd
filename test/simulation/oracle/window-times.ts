import type { Breach, Fact, Plan } from '../history';
import { isCalm, isOnlyDeployed, nothingExpires } from './conditions';
import { type Conversation, nameOf, type Put } from './conversations';
import { breach, effectsOf, type Placed } from './effects';
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

/** A record with which a window closed, and the one with which it had closed before. */
interface Closing {
  readonly put: Put;
  readonly before: Put | null;
  /** What the record before had already said was stored again since, and opened the window: its cap counts from then. */
  readonly wasRepeated: boolean;
}

const closingsOf = ({ lives, stored }: Conversation): readonly Closing[] =>
  lives.flatMap((life) => {
    const puts = life.filter(({ record, facts }) => record.pane !== 'early' && facts.length > 0);
    return puts.map((put, index) => {
      const before = puts[index - 1] ?? null;
      const isRepeat = (place: number): boolean => before !== null && place > before.place && place < put.place;
      const wasRepeated = before?.facts.some(({ id }) => (stored.get(id) ?? []).some(isRepeat)) ?? false;
      return { put, before, wasRepeated };
    });
  });

const newsOf = ({ put, before }: Closing): readonly Fact[] => {
  const known = new Set(before?.facts.map(({ id }) => id));
  return put.facts.filter(({ id }) => !known.has(id));
};

const timesOf = (facts: readonly Fact[], times: ReadonlyMap<string, number>): readonly number[] =>
  facts.map(({ id }) => times.get(id) ?? 0);

/** When the wait for more is over, were there no cap. */
const waitsUntil = ({ settings }: Plan, { facts }: Put, times: ReadonlyMap<string, number>): number =>
  Math.max(...timesOf(facts, times)) + (isComplete(facts) ? holdOf(settings, facts) : settings.idleMs);

/** The cap counts from what looked like an end first, and cannot come sooner than counted from the first that could. */
const earliestClose = (plan: Plan, closing: Closing, times: ReadonlyMap<string, number>): number => {
  const { put, before, wasRepeated } = closing;
  const untilMs = waitsUntil(plan, put, times);
  if (!isComplete(put.facts)) return untilMs;
  const ends = put.facts.filter(({ session, endsAll }) => endsAll || session?.moment === 'end');
  const endedMs = Math.min(...timesOf(before ? newsOf(closing) : ends, times));
  const repeatedMs = before && wasRepeated ? Math.max(...timesOf(before.facts, times)) : Infinity;
  return Math.min(untilMs, Math.min(endedMs, repeatedMs) + plan.settings.holdCapMs);
};

/** Queue time cannot be ahead of AWS's clock. */
const judgeTooEarly = ({ plan }: Evidence, { first }: Sendings, closing: Closing): readonly Breach[] => {
  const { put } = closing;
  const dueMs = earliestClose(plan, closing, first);
  return put.atMs >= dueMs
    ? []
    : [breach(5, put.atMs, `${nameOf(put)}: expected its window to stay open until ${dueMs / 1_000} s, got it closed`)];
};

/** Two long polls find the queue empty, two heartbeats tell it, a few ticks find the window, a few calls make the record. */
const lagOf = ({ settings }: Plan): number =>
  2 * settings.longPollMs + 2 * settings.heartbeatMs + 3 * settings.tickMs + settings.outOfOrdernessMs + 10_000;

const judgeTooLate = ({ plan }: Evidence, { last }: Sendings, { put }: Closing): readonly Breach[] => {
  const latestMs = Math.max(waitsUntil(plan, put, last), plan.startsAtMs) + lagOf(plan);
  return put.atMs <= latestMs
    ? []
    : [breach(5, put.atMs, `${nameOf(put)}: expected its window to close by ${latestMs / 1_000} s in calm weather`)];
};

/** A heartbeat is on its way for so long, or tried again. */
const beatMs = 3_000;

/**
 * Received by a worker that died of its very first batch, or before it could tell anybody of it. Such a one leaves no ghost: else
 * one that crashes at every start would hold the fleet back for ever. Nor does its last word hold back for what had come again,
 * from another that died before, after that word. What such workers took may come behind the watermark.
 */
const diedWithIt = ({ plan, messages, history }: Evidence): ReadonlySet<string> => {
  const untoldMs = plan.settings.heartbeatMs + beatMs;
  const ofWorkers = [...effectsOf(history, 'worker'), ...effectsOf(history, 'received')].sort((a, b) => a.place - b.place);
  const isLost = ({ worker, atMs, place, receiveCount }: Placed<'received'>): boolean => {
    const own = ofWorkers.filter((one) => one.worker === worker);
    const before = own.filter((one) => one.place < place).reverse();
    const begin = before.findIndex((one) => one.kind === 'worker' && one.what === 'starts');
    const next = own.find((one) => one.place > place && one.kind === 'worker');
    if (next?.kind !== 'worker' || next.what !== 'killed') return false;
    const receives = before.slice(0, begin).filter(({ kind }) => kind === 'received');
    const firstMs = Math.min(atMs, ...receives.map((one) => one.atMs));
    return firstMs === atMs || next.atMs <= (receiveCount > 1 ? atMs : firstMs) + untoldMs;
  };
  return new Set(messages.filter(({ received }) => received.some(isLost)).flatMap(({ truth }) => truth.facts));
};

/**
 * A table that takes no events makes its workers pause their receiving; it answers otherwise, so their time goes on, and what they
 * handed back may come only when its ghost is gone: one worker that may not write must not hold all the others.
 */
const keptFromAll = ({ plan, messages }: Evidence): ReadonlySet<string> => {
  if (plan.blows.every(({ kind }) => kind !== 'throttle')) return new Set();
  const ghostMs = plan.settings.visibilityMs + 2 * plan.settings.longPollMs;
  const isKept = (atMs: number, index: number, all: readonly number[]): boolean => index > 0 && atMs - all[index - 1]! > ghostMs;
  return new Set(
    messages.filter(({ received }) => received.map(({ atMs }) => atMs).some(isKept)).flatMap(({ truth }) => truth.facts),
  );
};

const isDeployed = (plan: Plan): boolean => plan.blows.length > 0 && isOnlyDeployed(plan);

/** Of what is new in a late revision something was sent after the time of the window before: else that one closed without it. */
const judgeNeedless = (evidence: Evidence, { first }: Sendings, closings: readonly Closing[]): readonly Breach[] => {
  const { plan } = evidence;
  const unwatched = new Set([...diedWithIt(evidence), ...keptFromAll(evidence)]);
  return closings.flatMap((closing, index) => {
    const before = closings[index - 1];
    const news = newsOf(closing);
    if (!closing.before || before?.put !== closing.before || news.length === 0) return [];
    const dueMs = earliestClose(plan, before, first);
    if (news.some(({ id }) => unwatched.has(id) || (first.get(id) ?? Infinity) >= dueMs)) return [];
    const { id } = news[0]!;
    const text = `expected ${id}, sent at ${(first.get(id) ?? 0) / 1_000} s, in ${nameOf(before.put)}, which was not due before ${dueMs / 1_000} s`;
    return [breach(isDeployed(plan) ? 8 : 5, closing.put.atMs, `${nameOf(closing.put)}: ${text}`)];
  });
};

const hasEvenClocks = ({ weather }: Plan): boolean => weather.clockSkewMs.every((ms) => ms === 0);

/**
 * The watermark holds back for whoever is slow or dead as long as a ghost counts. A message that is kept longer from all (by a worker
 * that stands still, by an outage) may come behind it.
 */
const isWatermarkSure = (plan: Plan): boolean =>
  plan.weather.landsLate === 0 &&
  plan.blows.every(({ kind }) => ['kill', 'deploy', 'slow', 'throttle'].includes(kind)) &&
  plan.learns === null;

export const judgeWindowTimes = (evidence: Evidence): readonly Breach[] => {
  const { plan } = evidence;
  if (!hasEvenClocks(plan) || !nothingExpires(plan)) return [];
  const sendings = collectSendings(evidence);
  const closings = evidence.conversations.filter(({ script }) => script.endsAs === 'closed').flatMap(closingsOf);
  return [
    ...closings.flatMap((closing) => judgeTooEarly(evidence, sendings, closing)),
    ...(isCalm(plan) ? closings.flatMap((closing) => judgeTooLate(evidence, sendings, closing)) : []),
    ...(isWatermarkSure(plan) ? judgeNeedless(evidence, sendings, closings) : []),
  ];
};
