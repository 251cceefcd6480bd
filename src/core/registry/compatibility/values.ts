import type { Json, JsonObject } from '../../json';
import { exactJson } from '../exact-json';
import { typeOf } from '../place';
import { harmless, narrowing, widening, type SchemaChange } from './change';
import type { ReadingRules, SchemaPair } from './pair';

/** The types that a schema lets in, and the values where it lists them. `number` is the numbers that are not whole. */
export interface Domain {
  readonly types: ReadonlySet<string>;
  /** Null: any value of the types. */
  readonly values: ReadonlyMap<string, Json> | null;
  /** A constant is all there will ever be; a list of values may grow. */
  readonly isConstant: boolean;
}

const allTypes = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [value ?? null];

const declaredTypes = (schema: JsonObject): readonly string[] =>
  schema['type'] === undefined
    ? allTypes
    : listOf(schema['type']).flatMap((type) =>
        type === 'number' ? ['number', 'integer'] : typeof type === 'string' ? [type] : [],
      );

export const domainOf = (schema: JsonObject, { nullIsAbsent }: ReadingRules): Domain => {
  const types = new Set(declaredTypes(schema).filter((type) => type !== 'null' || !nullIsAbsent));
  const isConstant = Object.hasOwn(schema, 'const');
  const constant = exactJson(schema['const'] ?? null);
  if (!isConstant && schema['enum'] === undefined) return { types, values: null, isConstant };
  const listed = listOf(schema['enum'] ?? [schema['const'] ?? null])
    .filter((value) => types.has(typeOf(value)))
    .map((value): readonly [string, Json] => [exactJson(value), value])
    .filter(([text]) => !isConstant || text === constant);
  return { types: new Set(listed.map(([, value]) => typeOf(value))), values: new Map(listed), isConstant };
};

const notIn = <T>(some: Iterable<T>, others: { readonly has: (one: T) => boolean }): readonly T[] =>
  [...some].filter((one) => !others.has(one));

const typesText = ({ types }: Domain): string => {
  if (types.size === 0) return 'nothing';
  const names = [...types].filter((type) => type !== 'integer' || !types.has('number')).sort();
  return types.size >= allTypes.length - 1 ? 'anything' : names.join(' or ');
};

/** A value that a reader does not know is drift to it, no error: unless the schema says that there will never be another. */
const mayGrow = ({ isConstant }: Domain, { isClosed, isBranch }: SchemaPair): boolean => !isConstant && !isClosed && !isBranch;

const listChanges = (pair: SchemaPair, before: Domain, after: Domain): readonly SchemaChange[] => {
  const [known, now] = [before.values ?? new Map<string, Json>(), after.values ?? new Map<string, Json>()];
  const added = notIn(now.keys(), known).map((value) => {
    const isGrowth = mayGrow(before, pair) && before.types.has(typeOf(now.get(value)));
    return (isGrowth ? harmless : widening)(pair.path, `value ${value} added`);
  });
  return [...notIn(known.keys(), now).map((value) => narrowing(pair.path, `value ${value} removed`)), ...added];
};

const typeChanges = (pair: SchemaPair, before: Domain, after: Domain): readonly SchemaChange[] => {
  const narrows = notIn(before.types, after.types).length > 0;
  const widens = notIn(after.types, before.types).length > 0;
  const what = `${typesText(before)} became ${typesText(after)}`;
  return narrows || widens ? [{ path: pair.path, what, narrows, widens }] : [];
};

/** Types, enum and const. */
export const compareValues = (pair: SchemaPair): readonly SchemaChange[] => {
  const before = domainOf(pair.before.schema, pair.rules);
  const after = domainOf(pair.after.schema, pair.rules);
  if (before.values && after.values) return listChanges(pair, before, after);
  const types = typeChanges(pair, before, after);
  if (after.values) {
    return [narrowing(pair.path, `limited to ${after.values.size} values`), ...types.filter(({ widens }) => widens)];
  }
  if (!before.values) return types;
  // Where the list may grow, any value of its types was to be expected; what types come on top is a change of its own.
  const isGrowth = mayGrow(before, pair);
  return [(isGrowth ? harmless : widening)(pair.path, `no longer limited to ${before.values.size} values`), ...types];
};
