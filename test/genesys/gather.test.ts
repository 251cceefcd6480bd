import type { DetailsAnswer, Purpose } from '../../src/core/genesys-answers';
import { gatheredDetails } from '../../src/genesys/gather';
import { virtualClock } from '../../src/memory/clock';

const answerTo = (id: string): DetailsAnswer => ({ kind: 'complete', details: { conversationId: id } });

/** Answers a second after it is asked; `fails` makes the next question fail. */
const aGathering = (settings: { gatherMs?: number; batchSize?: number } = {}) => {
  const clock = virtualClock();
  const questions: { readonly atMs: number; readonly ids: readonly string[]; readonly purpose: Purpose }[] = [];
  let failure: Error | null = null;
  const inner = {
    fetch: async (ids: readonly string[], purpose: Purpose) => {
      questions.push({ atMs: clock.monotonicMs(), ids, purpose });
      await clock.sleep(1_000);
      if (failure) throw failure;
      return new Map(ids.map((id) => [id, answerTo(id)]));
    },
  };
  const details = gatheredDetails(inner, clock, { gatherMs: 250, batchSize: 20, ...settings });
  const fetch = async (id: string, purpose: Purpose = 'live') => (await details.fetch([id], purpose)).get(id);
  const fails = (error: Error | null): void => void (failure = error);
  return { details, fetch, clock, questions, fails };
};

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `c${index}`);

test('windows that close together ask once, and each gets its own answer', async () => {
  const { fetch, clock, questions } = aGathering();
  const first = fetch('a');
  await clock.advance(249);
  const second = fetch('b');
  await clock.advance(1_001);
  expect(questions).toEqual([{ atMs: 250, ids: ['a', 'b'], purpose: 'live' }]);
  expect([await first, await second]).toEqual([answerTo('a'), answerTo('b')]);
});

test('who comes after the wait is in the next question', async () => {
  const { fetch, clock, questions } = aGathering();
  const asked = [fetch('a')];
  await clock.advance(250);
  asked.push(fetch('b'));
  await clock.advance(2_000);
  await Promise.all(asked);
  expect(questions.map(({ atMs, ids: of }) => [atMs, of])).toEqual([
    [250, ['a']],
    [500, ['b']],
  ]);
});

test('a full batch waits no longer', async () => {
  const { fetch, clock, questions } = aGathering({ batchSize: 3 });
  const asked = ids(7).map((id) => fetch(id));
  await clock.advance(0);
  expect(questions.map(({ ids: of }) => of.length)).toEqual([3, 3]);
  await clock.advance(1_250);
  expect(questions.map(({ ids: of }) => of.length)).toEqual([3, 3, 1]);
  expect(await Promise.all(asked)).toEqual(ids(7).map(answerTo));
});

test('many ids of one caller go in full batches', async () => {
  const { details, clock, questions } = aGathering({ batchSize: 3 });
  const asked = details.fetch([...ids(7), ...ids(7)], 'live');
  await clock.advance(1_250);
  expect([...(await asked).keys()]).toEqual(ids(7));
  expect(questions.map(({ ids: of }) => of)).toEqual([['c0', 'c1', 'c2'], ['c3', 'c4', 'c5'], ['c6']]);
});

test('an id is asked for once at a time, and anew when it was answered', async () => {
  const { fetch, clock, questions } = aGathering();
  const waiting = [fetch('a'), fetch('a')];
  await clock.advance(500);
  const underWay = fetch('a');
  await clock.advance(750);
  expect(await Promise.all([...waiting, underWay])).toEqual([answerTo('a'), answerTo('a'), answerTo('a')]);
  expect(questions).toHaveLength(1);
  const later = fetch('a');
  await clock.advance(1_250);
  await later;
  expect(questions).toHaveLength(2);
});

test.each<[Purpose, Purpose, Purpose]>([
  ['reconciliation', 'live', 'live'],
  ['live', 'reconciliation', 'live'],
  ['redrive', 'reconciliation', 'redrive'],
  ['reconciliation', 'reconciliation', 'reconciliation'],
])('a batch for %s and %s is asked for %s', async (one, other, asked) => {
  const { fetch, clock, questions } = aGathering();
  const answers = [fetch('a', one), fetch('b', other)];
  await clock.advance(1_250);
  await Promise.all(answers);
  expect(questions.map(({ purpose }) => purpose)).toEqual([asked]);
});

test('a failure answers everybody in the batch, and the next question is asked', async () => {
  const { fetch, clock, fails } = aGathering();
  fails(new Error('table away'));
  const asked = Promise.allSettled([fetch('a'), fetch('b')]);
  await clock.advance(1_250);
  expect(await asked).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  fails(null);
  const again = fetch('a');
  await clock.advance(1_250);
  expect(await again).toEqual(answerTo('a'));
});

test('nobody sleeps when all are answered', async () => {
  const { fetch, clock } = aGathering({ batchSize: 2 });
  const asked = ids(5).map((id) => fetch(id));
  await clock.advance(1_250);
  await Promise.all(asked);
  expect(clock.nextWakeMs()).toBeNull();
});
