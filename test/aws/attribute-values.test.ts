import { fromAttributes, toAttributes } from '../../src/aws/attribute-values';

const item = {
  text: 'é 🙂',
  empty: '',
  whole: 1_767_225_600_000,
  none: 0,
  part: -0.5,
  yes: true,
  no: false,
  bytes: Buffer.from('b'),
};

test('an item becomes attributes as DynamoDB sends them, and comes back', () => {
  const attributes = toAttributes({ ...item, absent: undefined });
  expect(attributes).toEqual({
    text: { S: 'é 🙂' },
    empty: { S: '' },
    whole: { N: '1767225600000' },
    none: { N: '0' },
    part: { N: '-0.5' },
    yes: { BOOL: true },
    no: { BOOL: false },
    bytes: { B: Buffer.from('b') },
  });
  expect(fromAttributes(attributes)).toEqual(item);
});

test.each([null, NaN, Infinity, {}, ['a'], 1n])('what no item of the table holds is refused: %p', (value) => {
  expect(() => toAttributes({ value })).toThrow('for the attribute value');
});
