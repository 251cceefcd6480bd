import fc from 'fast-check';
import { changedPaths } from '../../../src/core/on-call/changed-paths';
import type { Json } from '../../../src/core/json';

test('each place that differs is named, and how', () => {
  const before = { same: 1, gone: null, was: 'a', list: [1, { deep: true }, 3], kind: {} };
  const after = { is: 'new', same: 1, was: 'b', list: [1, { deep: false }], kind: [] };
  expect(changedPaths(before, after)).toEqual([
    { path: '$.gone', how: 'removed' },
    { path: '$.is', how: 'added' },
    { path: '$.kind', how: 'changed' },
    { path: '$.list[1].deep', how: 'changed' },
    { path: '$.list[2]', how: 'removed' },
    { path: '$.was', how: 'changed' },
  ]);
});

test('a key that its sender chose freely is not quoted', () => {
  expect(changedPaths({ '+49 30 1234567': 1 }, { '+49 30 1234567': 2 })).toEqual([{ path: "$['…']", how: 'changed' }]);
});

test('values are the same where nothing is named, in whatever order their members stand', () => {
  const json = fc.jsonValue() as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(json, json, (a, b) => {
      const copy = JSON.parse(JSON.stringify(a)) as Json;
      expect(changedPaths(a, copy)).toEqual([]);
      const [x, y] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
      expect(changedPaths(x as Json, y as Json).length === 0).toBe(isSame(x, y));
    }),
    { seed: 7 },
  );
});

const isSame = (a: unknown, b: unknown): boolean => {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
};

test('a member of any name is only a member', () => {
  const [before, after] = ['{"__proto__": {"a": 1}, "constructor": 1}', '{"__proto__": {"a": 2}}'].map(
    (text) => JSON.parse(text) as Json,
  );
  expect(changedPaths(before as Json, after as Json)).toEqual([
    { path: '$.__proto__.a', how: 'changed' },
    { path: '$.constructor', how: 'removed' },
  ]);
});
