import type { Json, JsonObject } from '../../json';
import { narrowing, unjudged, widening, type SchemaChange } from './change';
import { isSame, within, type SchemaPair } from './pair';

type Compare = (pair: SchemaPair) => readonly SchemaChange[];

/** Keywords whose values are further schemas for the same value. */
export const branchKeywords: readonly string[] = ['allOf', 'anyOf', 'oneOf', 'not'];

const listOf = (schema: JsonObject, keyword: string): readonly Json[] =>
  Array.isArray(schema[keyword]) ? (schema[keyword] as readonly Json[]) : [];

const without = (some: readonly Json[], others: readonly Json[]): readonly Json[] =>
  some.filter((one) => !others.some((other) => isSame(one, other)));

/** Those that both have are left out; the others are compared in their order: if each is no narrower, all together are not. */
const listChanges = (pair: SchemaPair, keyword: 'allOf' | 'anyOf', compare: Compare): readonly SchemaChange[] => {
  const [all, now] = [listOf(pair.before.schema, keyword), listOf(pair.after.schema, keyword)];
  const [before, after] = [without(all, now), without(now, all)];
  const paired = Math.min(before.length, after.length);
  const inside = before
    .slice(0, paired)
    .flatMap((branch, at) => compare(within({ ...pair, isBranch: true }, branch, after[at], pair.path)));
  const [more, fewer] = keyword === 'anyOf' ? [widening, narrowing] : [narrowing, widening];
  const word = keyword === 'anyOf' ? 'an alternative' : 'a condition';
  return [
    ...inside,
    ...after.slice(paired).map(() => more(pair.path, `${word} added`)),
    ...before.slice(paired).map(() => fewer(pair.path, `${word} taken off`)),
  ];
};

const compareBranch = (pair: SchemaPair, keyword: string, compare: Compare): readonly SchemaChange[] => {
  const [before, after] = [pair.before.schema[keyword], pair.after.schema[keyword]];
  if (isSame(before, after)) return [];
  if (before === undefined) return [narrowing(pair.path, `${keyword} added`)];
  if (after === undefined) return [widening(pair.path, `${keyword} taken off`)];
  if (keyword === 'allOf' || keyword === 'anyOf') return listChanges(pair, keyword, compare);
  return [unjudged(pair.path, `${keyword} is another`)];
};

/** Each is a condition by itself: one more narrows, one less widens. */
export const compareBranches = (pair: SchemaPair, compare: Compare): readonly SchemaChange[] =>
  branchKeywords.flatMap((keyword) => compareBranch(pair, keyword, compare));

/** The branches as text, for the names in them. */
export const branchesText = ({ before, after, branches }: SchemaPair): string =>
  [before, after]
    .flatMap(({ schema }) =>
      branchKeywords.flatMap((keyword) => (schema[keyword] === undefined ? [] : [JSON.stringify(schema[keyword])])),
    )
    .reduce((text, branch) => text + branch, branches);
