import { isObject, type Json, type JsonObject } from '../../json';
import { entryPath, entrySchema, itemPath, itemSchema, memberPath, propertySchema } from '../place';

/** What another schema says that ours does not, or no longer says. Descriptions, formats, bounds and `required` are not compared. */
export type SchemaDifference =
  | { readonly kind: 'new-field'; readonly path: string; readonly type: string }
  | { readonly kind: 'field-gone'; readonly path: string }
  | { readonly kind: 'new-values'; readonly path: string; readonly values: readonly string[] }
  | { readonly kind: 'values-gone'; readonly path: string; readonly values: readonly string[] }
  | { readonly kind: 'changed-type'; readonly path: string; readonly ours: string; readonly theirs: string };

const typesOf = ({ type }: JsonObject): readonly string[] =>
  (Array.isArray(type) ? (type as readonly Json[]) : [type]).filter(
    (one) => typeof one === 'string' && one !== 'null',
  ) as string[];

const valuesOf = (schema: JsonObject): readonly string[] | null =>
  Array.isArray(schema['enum']) ? schema['enum'].filter((value: Json) => typeof value === 'string') : null;

/** `string`, `one of 12 values`, `list of string`. */
const nameOf = (schema: JsonObject): string => {
  const values = valuesOf(schema);
  if (values) return values.length === 1 ? 'one value' : `one of ${values.length} values`;
  const name = typesOf(schema).join(' or ') || 'anything';
  const items = itemSchema(schema);
  return name === 'array' ? `list${items === null ? '' : ` of ${nameOf(items)}`}` : name;
};

/** What ours allows already is no change: a list of types holds each of them, a number may be whole. */
const allows = (ours: readonly string[], type: string): boolean =>
  ours.includes(type) || (type === 'integer' && ours.includes('number'));

const compareValues = (ours: JsonObject, theirs: JsonObject, path: string): readonly SchemaDifference[] => {
  const [mine, others] = [valuesOf(ours), valuesOf(theirs)];
  if (mine === null && others === null) return [];
  if (mine === null || others === null) return [{ kind: 'changed-type', path, ours: nameOf(ours), theirs: nameOf(theirs) }];
  const added = others.filter((value) => !mine.includes(value));
  const gone = mine.filter((value) => !others.includes(value));
  return [
    ...(added.length > 0 ? [{ kind: 'new-values', path, values: added } as const] : []),
    ...(gone.length > 0 ? [{ kind: 'values-gone', path, values: gone } as const] : []),
  ];
};

const compareFields = (ours: JsonObject, theirs: JsonObject, path: string): readonly SchemaDifference[] => {
  const [mine, others] = [ours, theirs].map((schema) =>
    isObject(schema['properties']) ? Object.keys(schema['properties']) : [],
  );
  const gone = (mine ?? []).filter((key) => propertySchema(theirs, key) === null);
  return [
    ...(others ?? []).flatMap((key): readonly SchemaDifference[] => {
      const [known, found] = [propertySchema(ours, key), propertySchema(theirs, key) ?? {}];
      const at = memberPath(path, key);
      return known ? schemaDifferences(known, found, at) : [{ kind: 'new-field', path: at, type: nameOf(found) }];
    }),
    ...gone.map((key) => ({ kind: 'field-gone', path: memberPath(path, key) }) as const),
  ];
};

const compareObjects = (ours: JsonObject, theirs: JsonObject, path: string): readonly SchemaDifference[] => {
  const [mine, others] = [entrySchema(ours), entrySchema(theirs)];
  const [hasMine, hasOthers] = [ours, theirs].map((schema) => isObject(schema['properties']));
  if (hasMine && hasOthers) return compareFields(ours, theirs, path);
  if (mine && others) return schemaDifferences(mine, others, entryPath(path));
  const isMapAndRecord = (hasMine && others) || (mine && hasOthers);
  // The rest: one of them does not say what is inside.
  return isMapAndRecord ? [{ kind: 'changed-type', path, ours: mine ? 'map' : 'object', theirs: others ? 'map' : 'object' }] : [];
};

/** What theirs says otherwise, where both say something: `{}`, or an object without properties, leaves it open. */
export const schemaDifferences = (ours: JsonObject, theirs: JsonObject, path = '$'): readonly SchemaDifference[] => {
  const [mine, others] = [typesOf(ours), typesOf(theirs)];
  if (mine.length === 0 || others.length === 0) return [];
  if (!others.every((type) => allows(mine, type)))
    return [{ kind: 'changed-type', path, ours: nameOf(ours), theirs: nameOf(theirs) }];
  // Of several types we would not know which one the rest is about.
  if (mine.length > 1 || others.length > 1) return [];
  if (mine[0] === 'object') return compareObjects(ours, theirs, path);
  const [items, otherItems] = [itemSchema(ours), itemSchema(theirs)];
  if (mine[0] === 'array') return items && otherItems ? schemaDifferences(items, otherItems, itemPath(path)) : [];
  return mine[0] === 'string' ? compareValues(ours, theirs, path) : [];
};
