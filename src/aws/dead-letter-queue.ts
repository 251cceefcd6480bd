import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterStory, storyFits } from '../core/dead-letter';
import type { DeadLetterQueue } from '../ports';
import { stringAttributes } from './message-attributes';

/** `by` is the name and version of this program, for the story. A message set aside twice is two dead letters with one message id. */
export const sqsDeadLetterQueue = (sqs: SQSClient, queueUrl: string, by: string): DeadLetterQueue => ({
  setAside: async (letter) => {
    const { body } = letter.message;
    const story = deadLetterStory(letter, by);
    const fits = storyFits(body, story);
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        ...(fits ? { MessageAttributes: stringAttributes(story) } : {}),
      }),
    );
    return fits ? 'with-attributes' : 'without-attributes';
  },
});
