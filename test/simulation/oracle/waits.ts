import type { Breach, Plan } from '../history';
import { type Outage, outagesIn } from './conditions';
import { breach, effectsOf, type Placed } from './effects';
import type { Evidence } from './evidence';

/*
 * Promise 5. A close that failed, or waits for Genesys, is tried again in its time by the clock, whatever the queue is at:
 * there need be no traffic, nor any watermark, for it to go on. While what closing needs is away all of it pauses; then the time
 * counts from the end of that.
 *
 *   let go ──► gap, a minute at most ──► ticks, calls ──► claimed again
 */

const waits: ReadonlySet<string | undefined> = new Set(['let go after a failure', 'waiting for Genesys']);

/** The longest pause of a window that is not itself to blame, and as long again for what is in its way. */
const boundOf = ({ settings, weather }: Plan): number => 120_000 + 10 * settings.tickMs + weather.indexLagMs;

/** Workers are there all the time, their clocks are right, and so is the table. */
const isJudged = ({ blows, weather }: Plan): boolean =>
  blows.every((blow) => blow.kind === 'outage' && blow.of !== 'table') &&
  weather.clockSkewMs.every((ms) => ms === 0) &&
  weather.stalled + weather.landsLate + weather.genesys.slow === 0;

const isClaimOf =
  (wait: Placed<'head'>) =>
  ({ place, conversationId, how }: Placed<'head'>): boolean =>
    place > wait.place && conversationId === wait.conversationId && (how ?? '').startsWith('claimed');

/** From when on somebody could have claimed it. */
const freeFrom = ({ atMs }: Placed<'head'>, claimedMs: number, outages: readonly Outage[]): number =>
  Math.max(atMs, ...outages.filter(({ fromMs, toMs }) => fromMs < claimedMs && toMs > atMs).map(({ toMs }) => toMs));

export const judgeWaits = ({ plan, history }: Evidence): readonly Breach[] => {
  if (!isJudged(plan)) return [];
  const heads = effectsOf(history, 'head');
  const parked = new Set(plan.scripts.filter(({ endsAs }) => endsAs === 'parked').map(({ conversationId }) => conversationId));
  const boundMs = boundOf(plan);
  const outages = outagesIn(history).filter(({ of }) => ['genesys', 'stateMachine', 'topic'].includes(of));
  const overdue = heads.find((head) => {
    if (!waits.has(head.how) || parked.has(head.conversationId)) return false;
    const claim = heads.find(isClaimOf(head));
    return claim !== undefined && claim.atMs > freeFrom(head, claim.atMs, outages) + boundMs;
  });
  if (!overdue) return [];
  const text = `expected the window of ${overdue.conversationId} (${overdue.how ?? ''}) to be claimed again within ${boundMs / 1_000} s`;
  return [breach(5, overdue.atMs, text)];
};
