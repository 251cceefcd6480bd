import type { Clock, IntakeQueue, Message } from '../../src/ports';
import { intakeQueue, type IntakeOptions } from './intake-queue';
import { type MessageStore, messageStore, type MessageStoreOptions } from './message-store';

export interface MemoryQueueOptions extends MessageStoreOptions {
  readonly longPollMs?: number;
}

export interface MemoryQueue extends Pick<MessageStore, 'counts' | 'overflowed'> {
  /** Answers the message's id. Its queue time is now unless told. */
  readonly send: (body: string, sentAtMs?: number, attributes?: Readonly<Record<string, string>>) => string;
  /** One worker's side of the queue. */
  readonly intake: (options?: IntakeOptions) => IntakeQueue;
}

/** Wakes everybody who waits for a message. */
const announcements = (clock: Clock) => {
  const waiting = new Set<AbortController>();
  return {
    announce: (): void => {
      const all = [...waiting];
      waiting.clear();
      // With a reason of its own: the usual one has a stack, which takes longer than all the rest.
      for (const one of all) one.abort('news');
    },
    wait: async (ms: number): Promise<void> => {
      const news = new AbortController();
      waiting.add(news);
      await clock.sleep(ms, news.signal);
      waiting.delete(news);
    },
  };
};

/** An SQS queue that several workers share. */
export const memoryQueue = (options: MemoryQueueOptions): MemoryQueue => {
  const { clock, longPollMs = 20_000 } = options;
  const store = messageStore(options);
  const { announce, wait } = announcements(clock);

  const receive = async (signal: AbortSignal): Promise<readonly Message[] | null> => {
    const untilMs = clock.nowMs() + longPollMs;
    for (;;) {
      if (signal.aborted) return null;
      const batch = store.take();
      // Who waits must know when these become visible again.
      if (batch.length > 0) announce();
      if (batch.length > 0 || clock.nowMs() >= untilMs) return batch;
      await wait(Math.min(untilMs, store.nextVisibleMs()) - clock.nowMs());
    }
  };

  const side = {
    clock,
    receive,
    wake: announce,
    remove: store.remove,
    handBack: (handle: string, delayMs: number): void => {
      store.handBack(handle, delayMs);
      announce();
    },
  };

  return {
    send: (body, sentAtMs, attributes) => {
      const id = store.send(body, sentAtMs, attributes);
      announce();
      return id;
    },
    intake: (intakeOptions = {}) => intakeQueue(side, intakeOptions),
    counts: store.counts,
    overflowed: store.overflowed,
  };
};
