import { sharedCalls } from '../../src/aws/shared-calls';

interface Item {
  readonly key: string;
  readonly value: number;
}

const doubling = (most: number) => {
  const sent: (readonly number[])[] = [];
  const double = sharedCalls<Item, number>({
    most,
    keyOf: ({ key }) => key,
    send: (items) => {
      sent.push(items.map(({ value }) => value));
      if (items.some(({ value }) => value === 13)) return Promise.reject(new Error('all of them'));
      return Promise.resolve(
        items.map(({ value }) => (value === 7 ? Promise.reject(new Error('this one')) : Promise.resolve(2 * value))),
      );
    },
  });
  return { sent, double: (value: number, key = String(value)) => double({ key, value }) };
};

test('calls of one turn go in one request, in their order, and each has its own answer', async () => {
  const { sent, double } = doubling(10);
  expect(await Promise.all([double(3), double(1), double(2)])).toEqual([6, 2, 4]);
  expect(sent).toEqual([[3, 1, 2]]);
  expect(await double(4)).toBe(8);
  expect(sent).toEqual([[3, 1, 2], [4]]);
});

test('no request takes more than it may, and none one key twice', async () => {
  const { sent, double } = doubling(2);
  const calls = [double(1, 'a'), double(2, 'a'), double(3, 'b'), double(4, 'a'), double(5, 'c')];
  expect(await Promise.all(calls)).toEqual([2, 4, 6, 8, 10]);
  expect(sent).toEqual([[1, 3], [2, 5], [4]]);
});

test('an item that fails fails its own call, and a request that fails all of its own', async () => {
  const { double } = doubling(2);
  const outcomes = await Promise.allSettled([double(7), double(1), double(13), double(2), double(3)]);
  const told = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Error).message));
  expect(told).toEqual(['this one', 2, 'all of them', 'all of them', 6]);
});
