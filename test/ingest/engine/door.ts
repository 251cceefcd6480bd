import { type Post } from '../../../src/core/ingest/post';
import { createIngest, type IngestSettings, type PostOutcome } from '../../../src/ingest';
import type { Log } from '../../../src/ports';
import type { IntakeWriter, KeptKeys, QueuedPost, WriteOutcome } from '../../../src/ports-ingest';
import { virtualClock } from '../../../src/memory/clock';
import { noon } from '../../factories';
import { memoryIntakeWriter } from '../../memory/intake-writer';
import { memoryKeptKeys } from '../../memory/kept-keys';

export const aBody = (name: string, filler = 0): string =>
  JSON.stringify({ detail: { eventBody: { conversationId: name, filler: 'x'.repeat(filler) } } });

export const aPost = (name: string, fields: Partial<Post> = {}): Post => ({
  body: aBody(name),
  idempotencyKey: null,
  eventType: null,
  ...fields,
});

export const defaults: IngestSettings = { maxWaiting: 100, gatherMs: 5, timeoutMs: 10_000, idempotencyMs: 86_400_000 };

interface Given {
  readonly writer?: IntakeWriter;
  readonly keys?: KeptKeys | null;
  readonly settings?: Partial<IngestSettings>;
}

/** A door in memory, and what it says. */
export const openDoor = ({ writer, keys = memoryKeptKeys(), settings = {} }: Given = {}) => {
  const clock = virtualClock(noon);
  const queue = memoryIntakeWriter();
  const lines: string[] = [];
  const counts = new Map<string, number>();
  const line = (message: string): unknown => lines.push(message);
  const log: Log = { debug: line, info: line, warn: line, error: line };
  const metrics = { add: (name: string, value: number) => void counts.set(name, (counts.get(name) ?? 0) + value) };
  const outside = { writer: writer ?? queue, keys, clock, random: { fraction: () => 0 }, log, metrics };
  const ingest = createIngest(outside, { ...defaults, ...settings });
  /** Posts, and moves time on until it is answered. */
  const answerOf = async (post: Post): Promise<PostOutcome> => {
    let outcome: PostOutcome | undefined;
    const answered = ingest.accept(post).then((answer) => (outcome = answer));
    await clock.advanceUntil(() => outcome !== undefined, 3_600_000);
    return answered;
  };
  return { ingest, clock, queue, lines, count: (name: string) => counts.get(name), answerOf };
};

interface HeldWrite {
  readonly batch: readonly QueuedPost[];
  readonly answer: (outcomes: readonly WriteOutcome[]) => void;
  readonly fail: (error: Error) => void;
}

/** A queue whose every write waits until the test says what becomes of it. */
export const heldWriter = (): IntakeWriter & { readonly writes: HeldWrite[] } => {
  const writes: HeldWrite[] = [];
  return {
    writes,
    write: (batch) => new Promise((answer, fail) => void writes.push({ batch, answer, fail })),
  };
};

/** Each post of a write taken, as a message that is called after its conversation. */
export const takeAll = ({ batch, answer }: HeldWrite): void =>
  answer(batch.map(({ body }) => ({ kind: 'written', messageId: `as ${/"conversationId":"([^"]*)"/.exec(body)?.[1]}` })));

export const failing = (kind: 'write' | 'find' | 'keep'): never => {
  throw new Error(`${kind} failed`);
};
