import type { Clock, IntakeHandler, IntakeQueue, Message, StopSignals } from '../../../src/ports';

/** Queue time of what a worker receives: when it was put in. */
interface Sent {
  readonly body: string;
  readonly sentAtMs: number;
}

export interface LoadedQueue extends IntakeQueue {
  readonly send: (bodies: readonly string[]) => void;
  /** Nothing waits, and nothing is in hand. */
  readonly isEmpty: () => boolean;
}

const batchSize = 10;
const longPollMs = 20_000;

/** A queue that hands out each message once, in batches of ten, and forgets those that were admitted. What was not comes again. */
export const loadedQueue = (clock: Clock, pollers: number): LoadedQueue => {
  let waiting: Sent[] = [];
  let received = 0;
  let inHand = 0;
  const news = new Set<AbortController>();

  const receive = async (soft: AbortSignal): Promise<readonly Message[]> => {
    if (waiting.length === 0 && !soft.aborted) {
      const comes = new AbortController();
      news.add(comes);
      // With a reason of its own: the usual one has a stack.
      const stop = (): void => comes.abort('stop');
      soft.addEventListener('abort', stop);
      await clock.sleep(longPollMs, comes.signal);
      soft.removeEventListener('abort', stop);
      news.delete(comes);
    }
    return waiting.splice(0, batchSize).map((sent) => {
      received += 1;
      return { ...sent, id: String(received), handle: String(received), receiveCount: 1 };
    });
  };

  const settle = (handler: IntakeHandler, batch: readonly Message[], done: readonly Message[]): void => {
    const deleted = new Set(done);
    const kept = batch.filter((message) => !deleted.has(message));
    if (done.length > 0) handler.deleted(done);
    if (kept.length > 0) handler.kept(kept);
    waiting.push(...kept.map(({ body, sentAtMs }) => ({ body, sentAtMs })));
  };

  const poll = async (handler: IntakeHandler, { soft }: StopSignals, nextPoll: () => number): Promise<void> => {
    const isStopped = (): boolean => soft.aborted;
    while (!isStopped()) {
      await handler.ready(soft);
      const id = nextPoll();
      handler.pollStarted(id);
      const batch = await receive(soft);
      inHand += batch.length;
      handler.pollReturned(id, batch);
      if (batch.length > 0) settle(handler, batch, await handler.admit(batch));
      inHand -= batch.length;
    }
  };

  return {
    consume: async (handler, stop) => {
      let polls = 0;
      await Promise.all(Array.from({ length: pollers }, () => poll(handler, stop, () => (polls += 1))));
    },
    send: (bodies) => {
      waiting = [...waiting, ...bodies.map((body) => ({ body, sentAtMs: clock.nowMs() }))];
      for (const one of news) one.abort('news');
    },
    isEmpty: () => waiting.length === 0 && inHand === 0,
  };
};
