import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type BatchResultErrorEntry,
  type Message as SqsMessage,
} from '@aws-sdk/client-sqs';
import { sqsIntakeQueue } from '../../src/aws/intake-queue';
import type { Clock, IntakeHandler, Log, Message } from '../../src/ports';

/** What one poll does: answers messages, or fails by throwing. */
export type Poll = (abortSignal: AbortSignal) => readonly SqsMessage[] | Promise<readonly SqsMessage[]>;

export interface Script {
  /** One for each poll, in order. The last one should stop the queue: a poll beyond the script fails the test. */
  readonly polls: readonly Poll[];
  readonly ready?: IntakeHandler['ready'];
  readonly admit?: (batch: readonly Message[]) => Promise<readonly Message[]>;
  /** Answers each DeleteMessageBatch; deletes everything unless told otherwise. */
  readonly deletes?: (entryIds: readonly string[], call: number) => readonly string[];
  readonly handsBack?: () => void;
  readonly sleep?: Clock['sleep'];
  readonly consumers?: number;
  /** As many as pollers, unless told otherwise: then none polls ahead. */
  readonly batches?: number;
}

export const delivery = (n: number, fields: { readonly id?: string; readonly receiveCount?: number } = {}): SqsMessage => ({
  MessageId: fields.id ?? `id-${n}`,
  ReceiptHandle: `handle-${n}`,
  Body: `body-${n}`,
  Attributes: { SentTimestamp: String(1000 + n), ApproximateReceiveCount: String(fields.receiveCount ?? 1) },
});

const names = (messages: readonly Message[]): string => messages.map(({ handle }) => handle.replace('handle-', '')).join(',');

const refusal = (Id: string): BatchResultErrorEntry => ({ Id, SenderFault: false, Code: 'InternalError' });

/** The intake queue on a fake SQS that plays a script, with all that happened in one list. */
export const playScript = (script: Script) => {
  const happened: string[] = [];
  const sleeps: number[] = [];
  const errors: string[] = [];
  const [soft, hard] = [new AbortController(), new AbortController()];
  let polls = 0;
  let deletes = 0;

  const polling = async (_command: unknown, options: { readonly abortSignal: AbortSignal }) => {
    const poll = script.polls[polls];
    polls += 1;
    if (!poll) throw new Error(`Expected at most ${script.polls.length} polls`);
    return { Messages: [...(await poll(options.abortSignal))] };
  };
  const send = (command: unknown): Promise<unknown> => {
    if (command instanceof DeleteMessageBatchCommand) {
      const entries = command.input.Entries ?? [];
      happened.push(
        `DeleteMessageBatch ${entries.map(({ Id, ReceiptHandle }) => `${String(Id)}=${String(ReceiptHandle)}`).join(' ')}`,
      );
      return Promise.resolve().then(() => ({
        Failed: (script.deletes ?? (() => []))(
          entries.map(({ Id }) => String(Id)),
          (deletes += 1),
        ).map(refusal),
      }));
    }
    if (!(command instanceof ChangeMessageVisibilityBatchCommand)) throw new Error('Expected no other call');
    const entries = command.input.Entries ?? [];
    happened.push(
      `handBack ${entries.map((entry) => `${String(entry.ReceiptHandle)} in ${String(entry.VisibilityTimeout)}s`).join(', ')}`,
    );
    return Promise.resolve().then(() => script.handsBack?.());
  };
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message) => errors.push(message),
    error: (message) => errors.push(message),
  };
  const clock: Clock = {
    nowMs: () => 0,
    monotonicMs: () => 0,
    sleep: (ms, signal) => {
      sleeps.push(ms);
      return script.sleep ? script.sleep(ms, signal) : Promise.resolve();
    },
  };
  const handler: IntakeHandler = {
    ready: script.ready ?? (() => Promise.resolve()),
    pollStarted: (poll) => happened.push(`started ${poll}`),
    pollReturned: (poll, messages) => happened.push(`returned ${poll}: ${names(messages)}`),
    pollFailed: (poll) => happened.push(`failed ${poll}`),
    admit: (batch) => {
      happened.push(`admit ${names(batch)}`);
      return script.admit ? script.admit(batch) : Promise.resolve(batch);
    },
    deleted: (messages) => happened.push(`deleted ${names(messages)}`),
    kept: (messages) => happened.push(`kept ${names(messages)}`),
  };
  const queue = sqsIntakeQueue({
    polling: { send: polling },
    sqs: { send },
    queueUrl: 'http://127.0.0.1/queue',
    consumers: script.consumers ?? 1,
    batches: script.batches ?? script.consumers ?? 1,
    waitSeconds: 20,
    visibilitySeconds: 60,
    clock,
    random: { fraction: () => 1, id: () => 'id', life: () => 'life' },
    log,
  });
  return {
    happened,
    sleeps,
    errors,
    soft,
    hard,
    consume: () => queue.consume(handler, { soft: soft.signal, hard: hard.signal }),
  };
};

export const answers =
  (...deliveries: readonly ReturnType<typeof delivery>[]): Poll =>
  () =>
    deliveries;
export const fails: Poll = () => {
  throw new Error('no connection');
};

/** Plays the script to its end; one more poll, which finds nothing, brings the soft stop. */
export const playToTheEnd = async (script: Script) => {
  const played = playScript({
    ...script,
    polls: [
      ...script.polls,
      () => {
        played.soft.abort();
        return [];
      },
    ],
  });
  await played.consume();
  return played;
};
