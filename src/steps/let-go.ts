import { backoffMs } from '../core/backoff';
import { parkWindow, releaseFailed } from '../core/window-close';
import { type Claim, ClaimLostError } from './claim';
import type { Outside, PipelineSettings } from './outside';

type LetGoOutside = Pick<Outside, 'log' | 'metrics' | 'random'>;

/** After a failed close: the window is free again after a pause that grows with its attempts, and says why it failed. */
export const letGo =
  ({ log, metrics, random }: LetGoOutside, settings: PipelineSettings) =>
  async (claim: Claim, error: unknown): Promise<'elsewhere' | 'failed'> => {
    if (error instanceof ClaimLostError) return 'elsewhere';
    const { conversationId, claimed } = claim;
    metrics.add('ClosesFailed', 1);
    log.error('A close failed and will be tried again.', { conversationId, attempts: claimed.attempts }, error);
    const failure = { error: String(error), gapMs: backoffMs(claimed.attempts, 1_000, 300_000, random.fraction()) };
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
