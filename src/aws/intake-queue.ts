import { setMaxListeners } from 'node:events';
import type {
  Message as SqsMessage,
  MessageAttributeValue,
  ReceiveMessageCommand,
  ReceiveMessageResult,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import { backoffMs } from '../core/backoff';
import { movedBackAttributes, readMovedBack } from '../core/on-call/redrive-history';
import type { IntakeHandler, IntakeQueue, Message, StopSignals } from '../ports';
import { deleteDeliveries, handBack, type Deliveries } from './deliveries';
import { createIntakeRoom, type IntakeRoom, type Outcome, type Place } from './intake-room';
import type { Polling } from './polling';

/*
 * sqs-consumer polls; what surrounds its polls is here, because the watermark must know of each one. A poller is one Consumer,
 * and always in one of these:
 *
 *   resting ──(room, ready)──► polling ──(messages)──────────────────► resting
 *                                 ├──────(none)─────────────────────────▲      and what it brought, beside it, until there is
 *                                 └──────(failed)──► backing off ───────┘      no room: admitting ──► deleting, handing back
 *
 * A soft stop ends a poller at its next rest: an aborted poll could leave messages in flight that nobody has. A hard stop aborts
 * the poll, and hands back what is being admitted without waiting for it; admitting it again elsewhere changes nothing.
 */

export interface IntakeOptions extends Deliveries {
  /** Must not try again by itself: see clients. */
  readonly polling: Polling;
  /** Pollers on the queue. They poll on while what they brought is admitted, as far as there is room. */
  readonly consumers: number;
  /** Batches in hand and polls under way, together: as many as pollers at first, and so many while all that they bring is admitted. */
  readonly batches: number;
  readonly waitSeconds: number;
  readonly visibilitySeconds: number;
}

interface Run {
  readonly options: IntakeOptions;
  readonly handler: IntakeHandler;
  readonly stop: StopSignals;
  /** Soft or hard. */
  readonly stopping: AbortSignal;
  readonly nextPoll: () => number;
  readonly room: IntakeRoom;
}

const batchSize = 10;

/** Of bodies in hand: a small part of what a task's memory holds, though each is read into an object and its events. */
const mostCharacters = 8_000_000;

const textsOf = (attributes: Readonly<Record<string, MessageAttributeValue>>): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]));

const readMessage = ({ MessageId, Body, ReceiptHandle, Attributes = {}, MessageAttributes = {} }: SqsMessage): Message => {
  const { SentTimestamp, ApproximateReceiveCount, AWSTraceHeader } = Attributes;
  if (MessageId === undefined || ReceiptHandle === undefined || SentTimestamp === undefined)
    throw new TypeError('Expected a message with id, receipt handle and SentTimestamp. Does this endpoint speak all of SQS?');
  return {
    id: MessageId,
    body: Body ?? '',
    sentAtMs: Number(SentTimestamp),
    receiveCount: Number(ApproximateReceiveCount ?? 1),
    handle: ReceiptHandle,
    ...(AWSTraceHeader === undefined ? {} : { traceHeader: AWSTraceHeader }),
    ...readMovedBack(textsOf(MessageAttributes)),
  };
};

/** What the handler admits; nothing if the signal aborts before, or if it breaks its word and rejects. */
const admitUntil = (signal: AbortSignal, { handler, options }: Run, batch: readonly Message[]): Promise<readonly Message[]> =>
  new Promise((resolve) => {
    const giveUp = (): void => resolve([]);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    const admitting = handler.admit(batch).catch((error: unknown) => {
      options.log.error('Messages could not be admitted and will come again.', { messages: batch.length }, error);
      return [];
    });
    // A signal outlives millions of batches: no listener may stay.
    void admitting.then(resolve).finally(() => signal.removeEventListener('abort', giveUp));
  });

const admit = async (run: Run, batch: readonly Message[]): Promise<Outcome> => {
  const { options, handler, stop, stopping } = run;
  const admitted = await admitUntil(stop.hard, run, batch);
  const deleted = new Set(await deleteDeliveries(options, admitted));
  if (deleted.size > 0) handler.deleted([...deleted]);
  const kept = batch.filter((message) => !deleted.has(message));
  if (kept.length === 0) return 'whole';
  await handBack(options, kept, stopping.aborted);
  handler.kept(kept);
  return 'kept';
};

const admitInPlace = async (run: Run, batch: readonly Message[], place: Place): Promise<void> => {
  let outcome: Outcome = batch.length === 0 ? 'nothing' : 'kept';
  try {
    place.fill(batch.reduce((characters, { body }) => characters + body.length, 0));
    if (batch.length > 0) outcome = await admit(run, batch);
  } catch (error) {
    run.options.log.error('The intake handler failed: a bug.', {}, error);
  } finally {
    place.leave(outcome);
  }
};

/** One poll, reported. A failed one never reaches sqs-consumer, which would call again at once, or wait for 10 s. */
const poller = ({ options, handler, stop, stopping, nextPoll }: Run) => {
  const { polling, clock, random, log } = options;
  let failures = 0;
  return async (command: ReceiveMessageCommand): Promise<readonly Message[]> => {
    const poll = nextPoll();
    handler.pollStarted(poll);
    try {
      const { Messages: messages = [] }: ReceiveMessageResult = await polling.send(command, { abortSignal: stop.hard });
      const batch = messages.map(readMessage);
      failures = 0;
      handler.pollReturned(poll, batch);
      return batch;
    } catch (error) {
      handler.pollFailed(poll);
      if (stop.hard.aborted) return [];
      const waitMs = backoffMs(failures, 500, 20_000, random.fraction());
      failures += 1;
      log.error('A poll of the queue failed and is tried again.', { failures, waitMs }, error);
      await clock.sleep(waitMs, stopping);
      return [];
    }
  };
};

type Receive = (command: ReceiveMessageCommand) => Promise<ReceiveMessageResult>;

/** A Consumer that only polls, again and again: what it receives comes from `receive`, and is no longer its concern. */
const pollingConsumer = (options: IntakeOptions, receive: Receive): Consumer =>
  Consumer.create({
    queueUrl: options.queueUrl,
    // Once it deletes nothing, ReceiveMessage is all that it sends.
    sqs: { send: receive } as unknown as SQSClient,
    shouldDeleteMessages: false,
    batchSize,
    waitTimeSeconds: options.waitSeconds,
    visibilityTimeout: options.visibilitySeconds,
    messageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp', 'AWSTraceHeader'],
    // A dead letter that is moved back keeps its story.
    messageAttributeNames: [...movedBackAttributes],
    handleMessageBatch: () => Promise.resolve([]),
  });

/** One Consumer from its first poll to its last rest. */
const runConsumer = (run: Run): Promise<void> =>
  new Promise((resolve) => {
    const { options, stopping } = run;
    if (stopping.aborted) {
      resolve();
      return;
    }
    const poll = poller(run);
    let resting = true;
    const receive: Receive = async (command) => {
      const place = await run.room.enter(stopping);
      if (!place) return {};
      let batch: readonly Message[] = [];
      try {
        await run.handler.ready(stopping);
        if (stopping.aborted) return {};
        resting = false;
        batch = await poll(command);
        return { Messages: batch.map(({ id }) => ({ MessageId: id })) };
      } finally {
        void admitInPlace(run, batch, place);
      }
    };
    const rest = (): void => {
      resting = true;
      if (stopping.aborted) resolve();
    };
    const consumer = pollingConsumer(options, receive);
    consumer.on('error', (error) => options.log.error('The intake handler failed: a bug.', {}, error));
    // Each poll ends with at least one of these.
    for (const end of ['empty', 'response_processed', 'error'] as const) consumer.on(end, rest);
    stopping.addEventListener('abort', () => {
      consumer.stop();
      if (resting) resolve();
    });
    consumer.start();
  });

/**
 * The intake queue on SQS. Deletes are our own: sqs-consumer hides which of a batch failed, names entries by message id, and
 * cancels deletes when it is told to abort.
 */
export const sqsIntakeQueue = (options: IntakeOptions): IntakeQueue => ({
  consume: async (handler, stop) => {
    const stopping = AbortSignal.any([stop.soft, stop.hard]);
    // Each poller and each batch listens to them: many more than the ten that Node 20 takes for a leak, and says so.
    setMaxListeners(0, stop.hard, stopping);
    let polls = 0;
    const nextPoll = (): number => (polls += 1);
    const room = createIntakeRoom({
      leastBatches: options.consumers,
      mostBatches: options.batches,
      characters: mostCharacters,
    });
    const run = { options, handler, stop, stopping, nextPoll, room };
    await Promise.all(Array.from({ length: options.consumers }, () => runConsumer(run)));
    await room.empty();
  },
});
