import { isObject, type Json, type JsonObject } from '../../json';
import { entryPath, memberPath } from '../place';
import { harmless, narrowing, unjudged, widening, type SchemaChange } from './change';
import { assertionsOf, within, type SchemaPair } from './pair';

type Compare = (pair: SchemaPair) => readonly SchemaChange[];

/** What an object may hold besides the fields that its schema names: anything, nothing, or the entries of a map. */
const restOf = (schema: JsonObject): 'open' | 'closed' | JsonObject => {
  const rest = schema['additionalProperties'];
  if (rest === false) return 'closed';
  return isObject(rest) && assertionsOf(rest).length > 0 ? rest : 'open';
};

const fieldsOf = (schema: JsonObject): Readonly<Record<string, Json>> =>
  isObject(schema['properties']) ? schema['properties'] : {};

/**
 * The schema of a field that only the other version names. An open schema says nothing of it, and by consumer-side rules nobody
 * has sent it: there is nothing to compare it with. Undefined then.
 */
const unnamed = (pair: SchemaPair, schema: JsonObject, field: string): Json | undefined => {
  const rest = restOf(schema);
  if (rest !== 'open') return rest === 'closed' ? false : rest;
  return pair.isBranch || pair.branches.includes(JSON.stringify(field)) ? true : undefined;
};

const addedField = (pair: SchemaPair, field: string, path: string, compare: Compare): readonly SchemaChange[] => {
  const was = unnamed(pair, pair.before.schema, field);
  if (was === undefined) return [harmless(path, 'field added')];
  if (was === false) return [(pair.rules.ignoresUnknownFields ? harmless : widening)(path, 'field added to a closed object')];
  return [harmless(path, 'field named'), ...compare(within(pair, was, fieldsOf(pair.after.schema)[field], path))];
};

const removedField = (pair: SchemaPair, field: string, path: string, compare: Compare): readonly SchemaChange[] => {
  const is = unnamed(pair, pair.after.schema, field);
  if (is === undefined) return [harmless(path, 'field removed')];
  if (is === false) return [narrowing(path, 'field removed from a closed object')];
  // We look at what arrives by the fields that the schema names: a branch that asks for another finds nothing.
  if (is === true && !pair.isBranch) return [unjudged(path, 'field removed that a condition names')];
  return [harmless(path, 'field no longer named'), ...compare(within(pair, fieldsOf(pair.before.schema)[field], is, path))];
};

const namedChanges = (pair: SchemaPair, compare: Compare): readonly SchemaChange[] => {
  const [before, after] = [fieldsOf(pair.before.schema), fieldsOf(pair.after.schema)];
  const isClosed = restOf(pair.before.schema) === 'closed';
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const path = memberPath(pair.path, field);
    const inside = { ...pair, isClosed };
    if (!Object.hasOwn(before, field)) return addedField(inside, field, path, compare);
    if (!Object.hasOwn(after, field)) return removedField(inside, field, path, compare);
    return compare(within(inside, before[field], after[field], path));
  });
};

const requiredIn = (schema: JsonObject): ReadonlySet<string> =>
  new Set(Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : []);

const requiredChanges = (pair: SchemaPair): readonly SchemaChange[] => {
  const [before, after] = [requiredIn(pair.before.schema), requiredIn(pair.after.schema)];
  const at = (field: string): string => memberPath(pair.path, field);
  return [
    ...[...after].filter((field) => !before.has(field)).map((field) => narrowing(at(field), 'is now required')),
    ...[...before].filter((field) => !after.has(field)).map((field) => widening(at(field), 'is no longer required')),
  ];
};

const restChanges = (pair: SchemaPair, compare: Compare): readonly SchemaChange[] => {
  const [before, after] = [restOf(pair.before.schema), restOf(pair.after.schema)];
  if (before === after) return [];
  if (after === 'closed') return [narrowing(pair.path, 'fields that it does not name are no longer allowed')];
  if (before === 'closed') {
    return [(pair.rules.ignoresUnknownFields ? harmless : widening)(pair.path, 'fields that it does not name are now allowed')];
  }
  const [was, is] = [before === 'open' ? true : before, after === 'open' ? true : after];
  return compare(within({ ...pair, isClosed: false }, was, is, entryPath(pair.path)));
};

/** Fields, which of them must be there, and what else may be. */
export const compareFields = (pair: SchemaPair, compare: Compare): readonly SchemaChange[] => [
  ...namedChanges(pair, compare),
  ...requiredChanges(pair),
  ...restChanges(pair, compare),
];
