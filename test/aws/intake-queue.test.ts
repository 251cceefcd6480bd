import type { Message } from '../../src/ports';
import { answers, delivery, fails, playScript, playToTheEnd as play } from './scripted-queue';

test('a poll is reported from its start to the end of its messages, in order', async () => {
  const { happened } = await play({ polls: [answers(delivery(1), delivery(2))] });
  expect(happened).toEqual([
    'started 1',
    'returned 1: 1,2',
    'admit 1,2',
    'DeleteMessageBatch 0=handle-1 1=handle-2',
    'deleted 1,2',
    'started 2',
    'returned 2: ',
  ]);
});

test('a message is what SQS delivered, with its queue time, receive count and trace header', async () => {
  const seen: unknown[] = [];
  const traced = delivery(7, { receiveCount: 3 });
  await play({
    polls: [answers({ ...traced, Attributes: { ...traced.Attributes, AWSTraceHeader: 'Root=1' } })],
    admit: (batch) => Promise.resolve(batch.filter((message) => seen.push(message))),
  });
  expect(seen).toEqual([
    { id: 'id-7', body: 'body-7', sentAtMs: 1007, receiveCount: 3, handle: 'handle-7', traceHeader: 'Root=1' },
  ]);
});

test('a message that carries the story of a dead letter was moved back', async () => {
  const seen: Message[] = [];
  const story = { 'tidemark-reason': { DataType: 'String', StringValue: 'unknown-type' } };
  await play({
    polls: [answers({ ...delivery(1), MessageAttributes: story }, delivery(2))],
    admit: (batch) => Promise.resolve(batch.filter((message) => seen.push(message))),
  });
  expect(seen.map(({ redriven }) => redriven)).toEqual([true, undefined]);
});

test('polls that fail back off, longer each time, and begin anew after one that does not', async () => {
  const { happened, sleeps } = await play({ polls: [fails, fails, fails, answers(), fails] });
  expect(sleeps).toEqual([500, 1000, 2000, 500]);
  expect(happened.slice(0, 6)).toEqual(['started 1', 'failed 1', 'started 2', 'failed 2', 'started 3', 'failed 3']);
});

test('a back-off never exceeds 20 seconds', async () => {
  const { sleeps } = await play({ polls: Array.from({ length: 12 }, () => fails) });
  expect(Math.max(...sleeps)).toBe(20_000);
});

test('a message without a queue time fails its poll: nothing may be guessed about the watermark', async () => {
  const { happened, errors } = await play({ polls: [answers({ ...delivery(1), Attributes: {} })] });
  expect(happened).toContain('failed 1');
  expect(errors).toEqual(['A poll of the queue failed and is tried again.']);
});

test('what is not admitted is handed back, later with each receive, and kept', async () => {
  const batch = [1, 4, 100, 5000].map((receiveCount, n) => delivery(n, { receiveCount }));
  const { happened } = await play({ polls: [answers(...batch)], admit: () => Promise.resolve([]) });
  expect(happened.slice(3, 5)).toEqual([
    'handBack handle-0 in 1s, handle-1 in 8s, handle-2 in 60s, handle-3 in 60s',
    'kept 0,1,2,3',
  ]);
});

test('of a batch that was admitted in part, the rest is handed back after the deletes', async () => {
  const { happened } = await play({
    polls: [answers(delivery(1), delivery(2), delivery(3))],
    admit: ([first, , third]) => Promise.resolve([third!, first!]),
  });
  expect(happened.slice(3, 7)).toEqual([
    'DeleteMessageBatch 0=handle-3 1=handle-1',
    'deleted 3,1',
    'handBack handle-2 in 1s',
    'kept 2',
  ]);
});

test('a message that comes twice in one batch is deleted by each of its handles', async () => {
  const { happened } = await play({ polls: [answers(delivery(1, { id: 'same' }), delivery(2, { id: 'same' }))] });
  expect(happened).toContain('DeleteMessageBatch 0=handle-1 1=handle-2');
});

test('a delete that SQS refuses in part is tried again', async () => {
  const { happened, sleeps } = await play({
    polls: [answers(delivery(1), delivery(2), delivery(3))],
    deletes: (_ids, call) => (call === 1 ? ['1'] : []),
  });
  expect(happened.slice(3, 6)).toEqual([
    'DeleteMessageBatch 0=handle-1 1=handle-2 2=handle-3',
    'DeleteMessageBatch 0=handle-2',
    'deleted 1,3,2',
  ]);
  expect(sleeps).toHaveLength(1);
});

test('what SQS will not delete is reported as kept, and handed back', async () => {
  const { happened, errors } = await play({
    polls: [answers(delivery(1), delivery(2))],
    deletes: (ids, call) => (call === 1 ? ['1'] : ids),
  });
  expect(happened.slice(5, 9)).toEqual(['DeleteMessageBatch 0=handle-2', 'deleted 1', 'handBack handle-2 in 1s', 'kept 2']);
  expect(errors).toHaveLength(1);
});

test('a delete call that fails keeps its messages, and polling goes on', async () => {
  const { happened } = await play({
    polls: [answers(delivery(1))],
    deletes: () => {
      throw new Error('no connection');
    },
  });
  expect(happened.slice(4)).toEqual(['handBack handle-1 in 1s', 'kept 1', 'started 2', 'returned 2: ']);
});

test('a hand-back that fails leaves the messages to their visibility timeout', async () => {
  const { happened, errors } = await play({
    polls: [answers(delivery(1))],
    admit: () => Promise.resolve([]),
    handsBack: () => {
      throw new Error('no connection');
    },
  });
  expect(happened.at(-3)).toBe('kept 1');
  expect(errors).toHaveLength(1);
});

test('pollers do not wait for each other: one admits and polls again while another admits slowly', async () => {
  let finishSlow: (() => void) | undefined;
  const slow = new Promise<void>((resolve) => {
    finishSlow = resolve;
  });
  const played = playScript({
    consumers: 2,
    polls: [
      answers(delivery(1)),
      answers(delivery(2)),
      () => {
        finishSlow?.();
        played.soft.abort();
        return [];
      },
    ],
    admit: async (batch) => {
      if (batch[0]?.id === 'id-1') await slow;
      return batch;
    },
  });
  await played.consume();
  expect(played.happened.indexOf('started 3')).toBeLessThan(played.happened.indexOf('deleted 1'));
  expect(played.happened.filter((line) => line.startsWith('deleted'))).toEqual(['deleted 2', 'deleted 1']);
});

test('a handler that breaks its word and throws keeps its messages, and polling goes on', async () => {
  const { happened, errors } = await play({
    polls: [answers(delivery(1)), answers(delivery(2))],
    admit: ([message]) => (message?.id === 'id-1' ? Promise.reject(new Error('a bug')) : Promise.resolve([message!])),
  });
  expect(happened.slice(2, 5)).toEqual(['admit 1', 'handBack handle-1 in 1s', 'kept 1']);
  expect(happened).toContain('deleted 2');
  expect(errors).toHaveLength(1);
});
