import type { Breach, Plan } from '../history';
import { breach } from './effects';
import type { Evidence } from './evidence';

/*
 * Promise 5. Without further traffic every window closes, or is parked where its script says so, and the queue is empty, within a
 * bound. The bound is generous, so that only what stands still for good goes beyond it, and counts from the last that befell the
 * world from outside (a message, a blow and its end, a worker that comes or goes, TTL):
 *
 *   last trouble ──► messages come back ──► watermark ──► hold, idle ──► closes, Genesys ──► at rest
 */

const minute = 60_000;

/** A pause after a failure, a hand-back, or a probe of what is down: none is longer. */
const pauseMs = minute;

/** What a message's way back costs: from the hands of a dead worker, or from an answer that was lost. */
const ghostOf = ({ visibilityMs, longPollMs }: Plan['settings']): number => visibilityMs + 2 * longPollMs;

const lastTrouble = ({ plan, history }: Evidence): number =>
  Math.max(
    plan.startsAtMs,
    ...plan.blows.map((blow) => blow.atMs + ('forMs' in blow && !('moment' in blow && blow.moment) ? blow.forMs : 0)),
    ...history.effects
      .filter(
        ({ kind, atMs }) => ['sent', 'outage', 'expired', 'worker'].includes(kind) && atMs <= (history.quietAtMs ?? Infinity),
      )
      .map(({ atMs }) => atMs),
  );

/** Its attempts fail one after the other, with pauses that double from a second to five minutes. */
const parkingOf = ({ scripts, settings }: Plan): number =>
  scripts.some(({ endsAs }) => endsAs === 'parked') ? settings.maxAttempts * (settings.leaseMs + 5 * minute) : 0;

/**
 * Waits for what Genesys does not know yet double; where it cannot answer, it names a time within a minute, again and again. Of all
 * that is asked for the first that is not there is waited for.
 */
const genesysOf = ({ settings, weather, extras = [] }: Plan): number => {
  const parts = 1 + extras.length;
  const waitsMs = settings.notReadyGapMs * 2 ** settings.notReadyMax;
  return waitsMs + parts * ((weather.genesys.unavailable > 0 ? 20 * minute : 0) + 2 * 29_000);
};

/** Each fault delays all that follows by at most the longest of these; far less, mostly. */
const costOfFault = ({ settings }: Plan): number => Math.max(settings.leaseMs, ghostOf(settings), pauseMs);

const boundOf = ({ plan, history }: Evidence, sinceMs: number): number => {
  const { settings, weather } = plan;
  const faults = history.effects.filter((effect) => effect.kind === 'fault' && effect.atMs > sinceMs).length;
  const skewMs = Math.max(0, ...weather.clockSkewMs.map(Math.abs));
  // A dead worker is noticed after some heartbeats; then its ghost counts, and that of whoever had its messages next.
  const watermarkMs = 6 * settings.heartbeatMs + 2 * ghostOf(settings) + settings.outOfOrdernessMs;
  const windowMs = settings.idleMs + Math.max(settings.holdMs, settings.acwHoldMs) + settings.holdMs;
  const closeMs = 2 * settings.leaseMs + pauseMs + genesysOf(plan) + 10 * settings.tickMs + weather.indexLagMs;
  return 2 * pauseMs + watermarkMs + windowMs + closeMs + 4 * skewMs + parkingOf(plan) + faults * costOfFault(plan);
};

const judgeWindows = ({ plan, history }: Evidence): readonly Breach[] =>
  history.heads.flatMap(({ conversationId, state }) => {
    const expected = plan.scripts.find((script) => script.conversationId === conversationId)?.endsAs ?? 'closed';
    if (state === expected) return [];
    const endMs = history.quietAtMs ?? history.effects.at(-1)?.atMs ?? 0;
    return [breach(5, endMs, `expected the window of ${conversationId} to end ${expected}, got ${state}`)];
  });

export const judgeRest = (evidence: Evidence): readonly Breach[] => {
  const { history } = evidence;
  const sinceMs = lastTrouble(evidence);
  const boundMs = boundOf(evidence, sinceMs);
  const { visible, inFlight } = history.left;
  const since = `after ${(sinceMs / 1_000).toFixed(3)} s`;
  return [
    ...judgeWindows(evidence),
    ...(visible + inFlight > 0
      ? [breach(5, sinceMs, `expected an empty queue in the end, got ${visible + inFlight} messages`)]
      : []),
    ...(history.quietAtMs === null ? [breach(5, sinceMs, `expected all to come to rest ${since}, got no rest`)] : []),
    ...((history.quietAtMs ?? 0) > sinceMs + boundMs
      ? [breach(5, history.quietAtMs ?? 0, `expected all to be at rest within ${boundMs / 1_000} s ${since}`)]
      : []),
  ];
};
