import { bodySha256, deadLetterStory, storyFits } from '../core/dead-letter';
import type { Rejection } from '../core/rejection';
import type { Message } from '../ports';
import type { Hear } from './failing';
import type { Outside, PipelineSettings } from './outside';

type SetAsideOutside = Pick<Outside, 'deadLetters' | 'table' | 'clock' | 'log' | 'metrics' | 'program'>;

/**
 * Moves a message that can never succeed to the dead-letter queue, byte for byte, with its story. Where the body leaves no
 * room for the story, the table keeps it, under the body's hash. True when the message may be deleted.
 */
export const setAside =
  ({ deadLetters, table, clock, log, metrics, program }: SetAsideOutside, settings: Pick<PipelineSettings, 'retentionMs'>) =>
  async (message: Message, rejection: Rejection, hear: Hear): Promise<boolean> => {
    const letter = { message, rejection, atMs: clock.nowMs() };
    const story = deadLetterStory(letter, program);
    try {
      if (!storyFits(message.body, story)) {
        const note = { bodySha256: bodySha256(message.body), atMs: letter.atMs, attributes: story };
        await table.putFailureNote(note, letter.atMs + settings.retentionMs);
      }
      await deadLetters.setAside(letter);
    } catch (error) {
      hear(error);
      log.error('A refused message could not be set aside and will come again.', { messageId: message.id }, error);
      return false;
    }
    metrics.add('MessagesRejected', 1, { reason: rejection.reason });
    log.warn('Set aside a message that can never succeed.', {
      reason: rejection.reason,
      step: rejection.step,
      detail: rejection.detail,
      messageId: message.id,
      receiveCount: message.receiveCount,
    });
    return true;
  };
