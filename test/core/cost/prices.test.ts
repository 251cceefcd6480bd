import { exampleList, priceUnits, readPriceList } from '../../../src/core/cost/prices';

const problemsOf = (value: unknown): readonly string[] => {
  const read = readPriceList(value);
  return 'problems' in read ? read.problems : [];
};

test('the example is a list that is read as it is', () => {
  expect(readPriceList(JSON.parse(JSON.stringify(exampleList)))).toEqual({ list: exampleList });
});

test('every price of the example says where it comes from', () => {
  for (const { source } of Object.values(exampleList.prices)) expect(source).not.toBe('');
});

test('a price that is missing is named: without it a sum would be too low', () => {
  const prices = { ...exampleList.prices, writeUnit: undefined };
  expect(problemsOf({ ...exampleList, prices })).toEqual([
    'writeUnit: expected the price of one write request unit, got none. Add it.',
  ]);
});

test('a name that is no price is refused: it may be a price that was meant', () => {
  const prices = { ...exampleList.prices, writeUnits: { usd: 1, per: 1 } };
  expect(problemsOf({ ...exampleList, prices })).toEqual([
    `writeUnits: expected one of ${Object.keys(priceUnits).join(', ')}. Remove it.`,
  ]);
});

test.each([
  ['a text', { usd: '1', per: 1 }, 'publish.usd: expected a number of dollars, 0 or more, got "1".'],
  ['less than nothing', { usd: -1, per: 1 }, 'publish.usd: expected a number of dollars, 0 or more, got -1.'],
  ['for no units', { usd: 1, per: 0 }, 'publish.per: expected how many units that is for, above 0, got 0.'],
  ['without units', { usd: 1 }, 'publish.per: expected how many units that is for, above 0, got nothing.'],
  ['a bare number', 1, 'publish: expected {"usd": …, "per": …}, got 1.'],
])('%s is no price', (_, publish, problem) => {
  expect(problemsOf({ ...exampleList, prices: { ...exampleList.prices, publish } })).toEqual([problem]);
});

test('all that is wrong is said at once', () => {
  expect(problemsOf({ prices: {} })).toHaveLength(Object.keys(priceUnits).length);
  expect(problemsOf([])).toEqual(['Expected an object with `prices`, got none.']);
});
