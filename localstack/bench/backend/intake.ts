import { ok, okJson, type Answer } from './answer';
import type { Deliveries } from './deliveries';

/* SQS as who receives sees it. */

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout?: number;
}

interface ReceiveCall {
  readonly MaxNumberOfMessages?: number;
  readonly WaitTimeSeconds?: number;
}

const received = (messages: readonly string[]): Answer =>
  ok(messages.length === 0 ? '{}' : `{"Messages":[${messages.join(',')}]}`);

/** Long polls: who finds nothing waits for more, in turn. */
export const openPolls = (deliveries: Deliveries) => {
  const waiting = new Set<{ readonly look: () => void; readonly leave: () => void }>();
  deliveries.onMore(() => [...waiting].forEach(({ look }) => look()));

  const wait = (most: number, seconds: number, gone: AbortSignal, give: (answer: Answer) => void): void => {
    const end = (messages: readonly string[]): void => {
      waiting.delete(one);
      clearTimeout(timer);
      gone.removeEventListener('abort', one.leave);
      give(received(messages));
    };
    const one = {
      leave: () => end([]),
      look: () => {
        const messages = deliveries.receive(most);
        if (messages.length > 0) end(messages);
      },
    };
    const timer = setTimeout(one.leave, seconds * 1_000);
    waiting.add(one);
    gone.addEventListener('abort', one.leave);
  };

  return {
    /** `gone`: who asked is not there any more. */
    poll: (text: string, gone: AbortSignal, give: (answer: Answer) => void): void => {
      const { MaxNumberOfMessages = 1, WaitTimeSeconds = 0 } = JSON.parse(text) as ReceiveCall;
      const first = deliveries.receive(MaxNumberOfMessages);
      if (first.length > 0 || WaitTimeSeconds === 0) give(received(first));
      else wait(MaxNumberOfMessages, WaitTimeSeconds, gone, give);
    },
    end: (): void => [...waiting].forEach(({ leave }) => leave()),
  };
};

const eachOf = (text: string, act: (entry: Entry) => void): Answer => {
  const { Entries } = JSON.parse(text) as { Entries: readonly Entry[] };
  Entries.forEach(act);
  return okJson({ Successful: Entries.map(({ Id }) => ({ Id })) });
};

/** Null: no such operation. */
export const answerIntakeCall = (operation: string, text: string, deliveries: Deliveries): Answer | null => {
  const remove = ({ ReceiptHandle }: Pick<Entry, 'ReceiptHandle'>): void => deliveries.remove(ReceiptHandle);
  const putBack = ({ ReceiptHandle, VisibilityTimeout = 0 }: Omit<Entry, 'Id'>): void =>
    deliveries.putBack(ReceiptHandle, VisibilityTimeout * 1_000);
  switch (operation) {
    case 'DeleteMessageBatch':
      return eachOf(text, remove);
    case 'DeleteMessage':
      remove(JSON.parse(text) as Entry);
      return ok('{}');
    case 'ChangeMessageVisibilityBatch':
      return eachOf(text, putBack);
    case 'ChangeMessageVisibility':
      putBack(JSON.parse(text) as Entry);
      return ok('{}');
    case 'GetQueueAttributes':
      return okJson({ Attributes: { VisibilityTimeout: '120', MaximumMessageSize: '1048576' } });
    default:
      return null;
  }
};
