import type { JsonObject } from '../../json';
import { branchesText, branchKeywords, compareBranches } from './branches';
import { compareFields } from './fields';
import { compareLimits, isLimit } from './limits';
import { compareValues, domainOf } from './values';
import { entryPath, itemPath } from '../place';
import { unjudged, type SchemaChange } from './change';
import { assertionsOf, isSame, within, type ReadingRules, type SchemaPair } from './pair';
import { target } from './reference';

const structural: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'propertyNames', 'items'],
  ...branchKeywords,
]);

/** Keywords that lean on one another, or that the registry does not use: the whole is only judged where nothing changed. */
const entangled = (schema: JsonObject): readonly string[] =>
  assertionsOf(schema).filter((keyword) => !structural.has(keyword) && !isLimit(keyword));

const both = (pair: SchemaPair, type: string): boolean =>
  [pair.before, pair.after].every(({ schema }) => domainOf(schema, pair.rules).types.has(type));

const compareParts = (given: SchemaPair): readonly SchemaChange[] => {
  const pair = { ...given, branches: branchesText(given) };
  const { before, after, path } = pair;
  const under = (keyword: string, at: string): readonly SchemaChange[] =>
    compare(within(pair, before.schema[keyword], after.schema[keyword], at));
  return [
    ...compareValues(pair),
    ...compareLimits(pair),
    ...(both(pair, 'object') ? [...compareFields(pair, compare), ...under('propertyNames', entryPath(path))] : []),
    ...(both(pair, 'array') ? under('items', itemPath(path)) : []),
    ...compareBranches(pair, compare),
  ];
};

const compare = (given: SchemaPair): readonly SchemaChange[] => {
  const before = target(given.before, given.find);
  const after = target(given.after, given.find);
  if (before === null || after === null) return [unjudged(given.path, 'a reference leads nowhere, or is not alone')];
  if (before.schema === after.schema && before.document === after.document) return [];
  if (given.around.some(([one, other]) => one === before.schema && other === after.schema)) return [];
  const pair = { ...given, before, after, around: [...given.around, [before.schema, after.schema] as const] };
  const odd = new Set([before, after].flatMap(({ schema }) => entangled(schema)));
  if (odd.size === 0) return compareParts(pair);
  return isSame(before.schema, after.schema) ? [] : [unjudged(pair.path, `a schema with ${[...odd].join(', ')} is another`)];
};

/** Every difference that a reader could meet, from the outside in. Notes to people (title, description) are none. */
export const compareSchemas = (
  before: JsonObject,
  after: JsonObject,
  rules: ReadingRules,
  find: (id: string) => JsonObject | undefined,
): readonly SchemaChange[] => {
  const located = (schema: JsonObject) => ({ schema, document: schema });
  const around = { isClosed: false, isBranch: false, branches: '', around: [] };
  return compare({ before: located(before), after: located(after), path: '$', rules, find, ...around });
};
