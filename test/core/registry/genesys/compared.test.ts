import { comparedFile, comparisonWarning, readCompared, type Compared } from '../../../../src/core/registry/genesys/compared';
import type { Json } from '../../../../src/core/json';
import { createSchemaRegistry } from '../../../../src/core/schema-registry';
import { readSchemaFiles } from '../../../../src/schema-files';

const dayMs = 86_400_000;
const compared: Compared = { comparedOn: '2026-08-15', with: 'somebody', seenInPayloads: new Map() };
const on = (day: string, plusMs = 0): number => Date.parse(day) + plusMs;
const read = (content: Json): Compared | null => readCompared([{ path: 'compared.json', content }]);

test('a comparison is recent enough for 30 days, and then no longer', () => {
  expect(comparisonWarning(compared, on('2026-08-15'))).toBeNull();
  expect(comparisonWarning(compared, on('2026-09-14', dayMs - 1))).toBeNull();
  expect(comparisonWarning(compared, on('2026-09-15'))).toContain('31 days ago, expected at most 30');
  expect(comparisonWarning(compared, on('2026-09-15'))).toContain('tidemark schemas fetch --record');
});

test('a comparison of a day to come is none, but for time zones', () => {
  expect(comparisonWarning(compared, on('2026-08-14'))).toBeNull();
  expect(comparisonWarning(compared, on('2026-08-12'))).toContain('Expected the last comparison with Genesys in the past');
});

test.each<[string, Json]>([
  ['a list', []],
  ['no day', { with: 'somebody' }],
  ['a day that is none', { comparedOn: '2026-13-45', with: 'somebody' }],
  ['a time', { comparedOn: '2026-08-15T00:00:00Z', with: 'somebody' }],
  ['nobody to compare with', { comparedOn: '2026-08-15' }],
])('a note with %s is no note, and there is a warning', (_, content) => {
  expect(read(content)).toBeNull();
  expect(comparisonWarning(read(content), on('2026-08-15'))).toContain('found no such note');
});

test('what is written is what is read', () => {
  const seen: Compared = { ...compared, seenInPayloads: new Map([['a.subject', ['$.field']]]) };
  expect(read(comparedFile(seen))).toEqual(seen);
  expect(read(comparedFile(compared))).toEqual(compared);
});

test('the registry that Tidemark comes with says when it was compared, names places that it has, and is sound with that note', () => {
  const files = readSchemaFiles();
  const registry = createSchemaRegistry(files);
  const note = readCompared(files);
  expect(note?.comparedOn).toMatch(/^20\d\d-/);
  for (const [subject, paths] of note?.seenInPayloads ?? []) {
    const properties = Object.keys((registry.versionsOf(subject).at(-1)?.['properties'] ?? {}) as object);
    expect(properties.map((name) => `$.${name}`)).toEqual(expect.arrayContaining([...paths]));
  }
});
