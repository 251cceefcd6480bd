import type { Rejection } from '../core/rejection';
import type { Message } from '../ports';
import type { Hear } from './failing';
import type { Outside, PipelineSettings } from './outside';

/**
 * Tells the redrive that moved a message back what became of it: it stops by itself on what it is told. True when that is told, or
 * nobody asks. Where it cannot be told the message comes again, and is admitted again, which changes nothing: an outcome that is
 * never told would be taken for a message that never arrived. Told before it is set aside: one that came again for want of it would
 * be set aside twice.
 */
export const noteOutcome =
  ({ redrives, clock, log }: Pick<Outside, 'redrives' | 'clock' | 'log'>, settings: Pick<PipelineSettings, 'retentionMs'>) =>
  async ({ id, history }: Message, refused: Rejection | null, hear: Hear): Promise<boolean> => {
    if (!history) return true;
    const { job, letter } = history;
    const outcome = { job, letter, outcome: refused ? 'refused' : 'admitted', reason: refused?.reason ?? null } as const;
    try {
      await redrives.note(outcome, clock.nowMs() + settings.retentionMs);
      return true;
    } catch (error) {
      hear(error);
      log.error('What became of a message that was moved back could not be noted; it will come again.', { messageId: id }, error);
      return false;
    }
  };
