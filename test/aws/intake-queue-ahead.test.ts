import type { Message } from '../../src/ports';
import { gate } from '../contract/intake-queue-subject';
import { answers, delivery, playScript, playToTheEnd as play, type Poll } from './scripted-queue';

/** Batches that are admitted whole, as many as make room for `more` beside the first. */
const makingRoom = (more: number): readonly Poll[] => Array.from({ length: 8 * more }, () => answers(delivery(0)));
const makesRoom = ([message]: readonly Message[]): boolean => message?.id === 'id-0';

test('a poller polls on while what it brought is admitted, as far as there is room', async () => {
  const slow = gate<undefined>();
  let inHand = 0;
  const inHandAtPoll: number[] = [];
  const bringing =
    (n: number): Poll =>
    () => {
      inHandAtPoll.push(inHand);
      return [delivery(n)];
    };
  const played = playScript({
    batches: 2,
    polls: [
      ...makingRoom(1),
      ...[1, 2, 3].map(bringing),
      () => {
        played.soft.abort();
        return [];
      },
    ],
    admit: async (batch) => {
      if (makesRoom(batch)) return batch;
      inHand += 1;
      // A consumer begins its next poll in a timer: one too many would have begun before these are over.
      if (inHand === 2) for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
      if (inHand === 2) slow.open(undefined);
      await slow.passed;
      inHand -= 1;
      return batch;
    },
  });
  await played.consume();
  expect(inHandAtPoll.slice(0, 2)).toEqual([0, 1]);
  expect(Math.max(...inHandAtPoll)).toBe(1);
  expect(played.happened.filter((line) => /^deleted [^0]/.test(line))).toEqual(['deleted 1', 'deleted 2', 'deleted 3']);
});

test('a poller polls ahead no longer when a message of a batch is kept', async () => {
  const inHandAtPoll: number[] = [];
  let inHand = 0;
  const polls = Array.from({ length: 4 }, (_, n) => (): readonly ReturnType<typeof delivery>[] => {
    inHandAtPoll.push(inHand);
    return [delivery(n + 1), delivery(n + 11)];
  });
  await play({
    batches: 2,
    polls: [...makingRoom(1), answers(delivery(99)), ...polls],
    admit: async (batch) => {
      if (makesRoom(batch)) return batch;
      inHand += 1;
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
      inHand -= 1;
      return batch.slice(1);
    },
  });
  // The one beside the first that was kept; then one at a time.
  expect(inHandAtPoll).toEqual([1, 0, 0, 0]);
});

test('a handler that breaks its word before a poll takes no room with it', async () => {
  let calls = 0;
  const { happened, errors } = await play({
    polls: [answers(delivery(1))],
    ready: () => ((calls += 1) === 1 ? Promise.reject(new Error('a bug')) : Promise.resolve()),
  });
  expect(happened).toContain('deleted 1');
  expect(errors).toEqual(['The intake handler failed: a bug.']);
});

test('a soft stop waits for all that was polled ahead', async () => {
  const slow = gate<undefined>();
  const played = playScript({
    batches: 3,
    polls: [
      ...makingRoom(2),
      answers(delivery(1)),
      () => {
        played.soft.abort();
        setImmediate(() => slow.open(undefined));
        return [delivery(2)];
      },
    ],
    admit: async (batch) => {
      if (!makesRoom(batch)) await slow.passed;
      return batch;
    },
  });
  await played.consume();
  expect(played.happened.filter((line) => /^deleted [^0]/.test(line))).toEqual(['deleted 1', 'deleted 2']);
});
