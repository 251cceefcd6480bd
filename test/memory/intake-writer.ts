import { neverSent } from '../../src/core/ingest/sendable';
import { attributeBytes, limits, utf8Bytes } from '../../src/core/limits';
import { answer } from '../../src/memory/answer';
import type { IntakeWriter, QueuedPost, WriteOutcome } from '../../src/ports-ingest';

export interface WrittenPost extends QueuedPost {
  readonly messageId: string;
}

export interface MemoryIntakeWriter extends IntakeWriter {
  /** What the queue has, in the order in which it was written. */
  readonly written: () => readonly WrittenPost[];
  /** How many posts each write had. */
  readonly writes: () => readonly number[];
}

const mostInBatch = 10;

const sizeOf = ({ body, attributes }: QueuedPost): number => utf8Bytes(body) + attributeBytes(attributes);

/** SQS refuses a request of more as a whole. */
const assertBatch = (batch: readonly QueuedPost[]): void => {
  const bytes = batch.reduce((sum, post) => sum + sizeOf(post), 0);
  if (batch.length > mostInBatch) throw new RangeError(`Expected at most ${mostInBatch} posts in a batch, got ${batch.length}.`);
  if (bytes > limits.messageBytes)
    throw new RangeError(`Expected a batch of at most ${limits.messageBytes} bytes, got ${bytes}.`);
};

/** `messageBytes`: the largest message that its queue takes. */
export const memoryIntakeWriter = ({ messageBytes = limits.messageBytes } = {}): MemoryIntakeWriter => {
  const written: WrittenPost[] = [];
  const writes: number[] = [];

  const put = (post: QueuedPost): WriteOutcome => {
    if (sizeOf(post) > messageBytes) return { kind: 'refused', why: 'InvalidParameterValue' };
    const messageId = `message-${written.length + 1}`;
    written.push({ ...post, messageId });
    return { kind: 'written', messageId };
  };

  return {
    write: (batch) =>
      answer(() => {
        const refusals = batch.map(neverSent);
        const sendable = batch.filter((_, at) => refusals[at] === null);
        assertBatch(sendable);
        if (sendable.length > 0) writes.push(sendable.length);
        return batch.map((post, at): WriteOutcome => {
          const why = refusals[at] ?? null;
          return why === null ? put(post) : { kind: 'refused', why };
        });
      }),
    written: () => written,
    writes: () => writes,
  };
};
