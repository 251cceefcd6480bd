import { getEventListeners, once } from 'node:events';
import { gate } from '../contract/intake-queue-subject';
import { answers, delivery, fails, playScript, type Poll } from './scripted-queue';

test('a soft stop lets the poll run out, and admits what it brings', async () => {
  let bring: (() => void) | undefined;
  const polling = new Promise<readonly ReturnType<typeof delivery>[]>((resolve) => {
    bring = () => resolve([delivery(1), delivery(2)]);
  });
  const began = gate<AbortSignal>();
  const played = playScript({
    polls: [
      (abortSignal) => {
        began.open(abortSignal);
        return polling;
      },
    ],
    admit: ([first]) => Promise.resolve([first!]),
  });
  const consumed = played.consume();
  const signal = await began.passed;
  played.soft.abort();
  expect(signal.aborted).toBe(false);
  bring?.();
  await consumed;
  expect(played.happened.slice(1)).toEqual([
    'returned 1: 1,2',
    'admit 1,2',
    'DeleteMessageBatch 0=handle-1',
    'deleted 1',
    'handBack handle-2 in 0s',
    'kept 2',
  ]);
});

test('a hard stop aborts the poll, which has failed: nobody knows what it would have brought', async () => {
  const played = playScript({
    polls: [
      async (abortSignal) => {
        queueMicrotask(() => played.hard.abort());
        await once(abortSignal, 'abort');
        throw new Error('aborted');
      },
    ],
  });
  await played.consume();
  expect(played.happened).toEqual(['started 1', 'failed 1']);
  expect([played.sleeps, played.errors]).toEqual([[], []]);
});

test('a hard stop hands back what is being admitted, at once, and does not wait for it', async () => {
  const played = playScript({
    polls: [answers(delivery(1, { receiveCount: 9 }))],
    admit: () => {
      played.hard.abort();
      return new Promise(() => undefined);
    },
  });
  await played.consume();
  expect(played.happened.slice(2)).toEqual(['admit 1', 'handBack handle-1 in 0s', 'kept 1']);
});

test('a stop ends a back-off', async () => {
  const played = playScript({
    polls: [fails],
    sleep: async (_ms, signal) => {
      queueMicrotask(() => played.soft.abort());
      await once(signal!, 'abort');
    },
  });
  await played.consume();
  expect(played.happened).toEqual(['started 1', 'failed 1']);
});

test('a poll that was not ready when the stop came is never sent', async () => {
  const played = playScript({
    polls: [],
    ready: async (signal) => {
      queueMicrotask(() => played.soft.abort());
      await once(signal, 'abort');
    },
  });
  await played.consume();
  expect(played.happened).toEqual([]);
});

test('a queue that is told to stop before it starts polls nothing', async () => {
  const played = playScript({ polls: [] });
  played.soft.abort();
  await played.consume();
  expect(played.happened).toEqual([]);
});

test('no listener stays on the stop signals when a batch is done', async () => {
  const counts: number[] = [];
  const played = playScript({
    polls: [
      ...Array.from({ length: 5 }, (_, n): Poll => () => {
        counts.push(getEventListeners(played.hard.signal, 'abort').length);
        return [delivery(n)];
      }),
      () => {
        played.soft.abort();
        return [];
      },
    ],
  });
  await played.consume();
  expect(new Set(counts).size).toBe(1);
});
