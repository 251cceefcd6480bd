import { backoffMs } from '../core/backoff';
import { tellError } from '../core/describe-error';
import { CallRefusedError, ItemRefusedError, WindowFaultError } from '../core/errors';
import { parkWindow, releaseFailed } from '../core/window-close';
import { type Claim, ClaimLostError } from './claim';
import type { Outside, PipelineSettings } from './outside';

type LetGoOutside = Pick<Outside, 'log' | 'metrics' | 'random'>;

/** Between two tries while something outside fails: short for whoever waits, long enough not to press what is down. */
const outageGapMs = 30_000;

/**
 * Only these would fail again on a sunny day, and lead to parking, as crashes do. All else is weather (an outage, a throttle, a
 * permission that is missing, an item that a newer version wrote): it delays every window alike, for hours if need be, and must
 * not leave a person thousands of parked ones.
 */
const isOwnFault = (error: unknown): boolean =>
  error instanceof WindowFaultError || error instanceof CallRefusedError || error instanceof ItemRefusedError;

/** Runs code of our own on what a window holds. */
export const blamingTheWindow = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw new WindowFaultError('Expected to make a record of every window, failed on this one.', { cause: error });
  }
};

/** After a failed close: the window is free again after a pause, which grows while it is itself to blame, and says why it failed. */
export const letGo =
  ({ log, metrics, random }: LetGoOutside, settings: PipelineSettings) =>
  async (claim: Claim, error: unknown): Promise<'elsewhere' | 'failed'> => {
    if (error instanceof ClaimLostError) return 'elsewhere';
    const { conversationId, claimed } = claim;
    metrics.add('ClosesFailed', 1);
    log.error('A close failed and will be tried again.', { conversationId, attempts: claimed.attempts }, error);
    const counts = isOwnFault(error);
    const gapMs = counts
      ? backoffMs(claimed.attempts, 1_000, 300_000, random.fraction())
      : backoffMs(0, outageGapMs, outageGapMs, random.fraction());
    const failure = { error: tellError(error), gapMs, counts };
    // If even this fails, the lease runs out and the window is claimed again.
    await claim.end((head, nowMs) => releaseFailed(settings, head, failure, nowMs)).catch(() => null);
    return 'failed';
  };

/** A window that failed too often waits for a person; its events go on being stored. */
export const park =
  ({ log, metrics }: LetGoOutside, settings: PipelineSettings) =>
  async (claim: Claim): Promise<'parked'> => {
    const { conversationId, claimed } = claim;
    await claim.end((head, nowMs) => parkWindow(settings, head, nowMs));
    metrics.add('WindowsParked', 1);
    log.error('Parked a window that failed too often; it waits for a person.', { conversationId, attempts: claimed.attempts });
    return 'parked';
  };
