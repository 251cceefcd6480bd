import { bodySha256, type FailingStep, failureStory } from '../core/dead-letter';
import { tellError } from '../core/describe-error';
import { limits } from '../core/limits';
import type { Message } from '../ports';
import type { Outside, PipelineSettings } from './outside';

/** Is told what went wrong, so that somebody else can be. */
export type Hear = (error: unknown) => void;

/** Who hears of failures only as outcomes. */
export const hearNothing: Hear = () => undefined;

/** Why messages of a batch are not admitted, as far as anybody has said. */
export interface Failing {
  /** For what goes wrong with one message, or with the batch. */
  readonly hear: (step: FailingStep, message?: Message) => Hear;
  /** To be called with those that come again. */
  readonly note: (kept: readonly Message[]) => Promise<void>;
}

/** From here on it is no hiccup: some six minutes of coming back. */
const often = 10;
/** Receives before the queue gives a message up. */
const lastReceives = 3;

/** Few, so that an outage that keeps every message is not made worse by notes on each of them. */
const isNoted = ({ receiveCount }: Message): boolean =>
  receiveCount === often || receiveCount === 10 * often || receiveCount > limits.receives - lastReceives;

/** Its next receive would be one too many. */
const isLast = ({ receiveCount }: Message): boolean => receiveCount >= limits.receives;

/** Nobody waits longer for notes: what they are about is more important. */
const patienceMs = 2_000;

interface Failure {
  readonly step: FailingStep;
  readonly detail: string;
}

/** A message that kills its worker is silent: what is noted before it is admitted speaks for it. */
const untold = ({ receiveCount }: Message): Failure => ({
  step: 'receive',
  detail: `Received ${receiveCount} times. If nothing newer is noted, its worker died or hung over it each time.`,
});

/** Nothing failed, and yet the table did not take it. */
const unheard: Failure = { step: 'buffer', detail: 'The table left it out, or its heads kept changing; no error was seen.' };

type FailingOutside = Pick<Outside, 'table' | 'clock' | 'log' | 'metrics' | 'program'>;

/**
 * What SQS itself moves to the dead-letter queue brings no story. So of a message that comes again and again the table keeps, under
 * the hash of its body, why: at a few of its receives only, and as far as the table takes it.
 */
export const watchFailing = (outside: FailingOutside, settings: Pick<PipelineSettings, 'retentionMs'>) => {
  const { table, clock, log, metrics, program } = outside;

  const put = async (message: Message, failure: Failure): Promise<void> => {
    const atMs = clock.nowMs();
    const attributes = failureStory({ message, ...failure, atMs }, program);
    try {
      await table.putFailureNote({ bodySha256: bodySha256(message.body), atMs, attributes }, atMs + settings.retentionMs);
    } catch (error) {
      log.warn('Why a message comes again could not be noted.', { messageId: message.id }, error);
    }
  };

  const putAll = async (messages: readonly Message[], failureOf: (message: Message) => Failure): Promise<void> => {
    if (messages.length === 0) return;
    const done = new AbortController();
    const puts = Promise.all(messages.map((message) => put(message, failureOf(message)))).then(() => done.abort());
    await Promise.race([puts, clock.sleep(patienceMs, done.signal)]);
  };

  return async (batch: readonly Message[]): Promise<Failing> => {
    const failures = new Map<Message | null, Failure>();
    const failing = batch.filter(({ receiveCount }) => receiveCount >= often);
    if (failing.length > 0) metrics.add('MessagesFailing', failing.length);
    await putAll(failing.filter(isNoted), untold);
    return {
      hear: (step, message) => (error) => void failures.set(message ?? null, { step, detail: tellError(error) }),
      note: (kept) => {
        metrics.add('MessagesGivenUp', kept.filter(isLast).length);
        return putAll(kept.filter(isNoted), (message) => failures.get(message) ?? failures.get(null) ?? unheard);
      },
    };
  };
};
