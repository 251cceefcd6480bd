import { isObject, type Json, type JsonObject } from '../json';
import { entryPath, entrySchema, isList, itemPath, itemSchema, memberPath, propertySchema, typeOf } from '../registry/place';
import { maskScalar } from './masked-value';

/** What is wrong at one place, as a verdict says it: `$.eventTime`, `must be integer`, `string`. */
export interface Fault {
  readonly path: string;
  readonly problem: string;
  /** The JSON type that came, `nothing` where something is missing; null where the type says nothing. */
  readonly came: string | null;
}

/** A value inside a body that a schema of its own describes: the event in its carrier. */
export interface Zone {
  readonly schema: JsonObject | null;
  readonly faults: readonly Fault[];
}

/** A body without customer data, with what is wrong noted where it is. */
export type Masked = { readonly notes: readonly string[] } & (
  | { readonly kind: 'scalar'; readonly value: Json }
  | { readonly kind: 'list'; readonly items: readonly Masked[]; readonly more: number }
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, masked: Masked])[]; readonly more: number }
);

interface Spot extends Zone {
  readonly path: string;
  readonly key: string;
}

const mostItems = 20;
const mostMembers = 200;
/** A body may be as deep as the parser lets it. */
const deepest = 100;

/** A field's name as its author would write it; any other key may be anything, a phone number too. */
const plainName = /^[A-Za-z_][\w-]{0,63}$/;

const lastKey = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const around = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('.')));

const isMissing = (value: Json, key: string): boolean => isObject(value) && (value[key] ?? null) === null;

/** At the value that is wrong; at what should hold it where it is missing. */
const notesAt = ({ path, faults }: Spot, value: Json): readonly string[] =>
  faults.flatMap((fault) => {
    const key = lastKey(fault.path);
    if (fault.came === 'nothing')
      return around(fault.path) === path && isMissing(value, key) ? [`${key} ${fault.problem}, came nothing`] : [];
    if (fault.path !== path) return [];
    if (fault.came === null) return [fault.problem];
    return typeOf(value) === fault.came ? [`${fault.problem}, came ${fault.came}`] : [];
  });

const memberSpot = (spot: Spot, key: string): Spot => {
  const property = spot.schema === null ? null : propertySchema(spot.schema, key);
  const entry = property === null && spot.schema !== null ? entrySchema(spot.schema) : null;
  return entry === null
    ? { ...spot, schema: property, path: memberPath(spot.path, key), key }
    : { ...spot, schema: entry, path: entryPath(spot.path), key };
};

/** A key of a map is data, and so is one that nobody would name a field. */
const shownKey = ({ schema }: Spot, key: string, at: number): string => {
  const isField = schema !== null && propertySchema(schema, key) !== null;
  const isOfMap = schema !== null && !isField && entrySchema(schema) !== null;
  return isField || key === 'detail-type' || (plainName.test(key) && !isOfMap) ? key : `‹key ${at + 1}›`;
};

/** `zones`: what in it is described by a schema of its own. */
export const maskBody = (body: Json, outer: Zone, zones: ReadonlyMap<Json, Zone>): Masked => {
  const mask = (value: Json, given: Spot, depth: number): Masked => {
    const zone = zones.get(value);
    const spot = zone ? { ...zone, path: '$', key: given.key } : given;
    const notes = [...(zone ? notesAt(given, value) : []), ...notesAt(spot, value)];
    if (depth > deepest) return { kind: 'scalar', value: '‹too deep›', notes };
    if (isList(value)) {
      const inner = { ...spot, schema: spot.schema && itemSchema(spot.schema), path: itemPath(spot.path), key: given.key };
      const items = value.slice(0, mostItems).map((item) => mask(item, inner, depth + 1));
      return { kind: 'list', items, more: value.length - items.length, notes };
    }
    if (!isObject(value)) return { kind: 'scalar', value: maskScalar(value, spot.schema, spot.key), notes };
    const keys = Object.keys(value);
    const members = keys.slice(0, mostMembers).map((key, at) => {
      const masked = mask(value[key] ?? null, memberSpot(spot, key), depth + 1);
      return [shownKey(spot, key, at), masked] as const;
    });
    return { kind: 'object', members, more: keys.length - members.length, notes };
  };
  return mask(body, { ...outer, path: '$', key: '' }, 0);
};

/** As JSON: what is wrong is left out of it. */
export const maskedJson = (masked: Masked): Json => {
  switch (masked.kind) {
    case 'scalar':
      return masked.value;
    case 'list':
      return [...masked.items.map(maskedJson), ...(masked.more > 0 ? [`‹${masked.more} more›`] : [])];
    case 'object':
      return Object.fromEntries([
        ...masked.members.map(([key, value]) => [key, maskedJson(value)] as const),
        ...(masked.more > 0 ? [['‹more›', masked.more] as const] : []),
      ]);
  }
};

/** `‹text 12›` stands without quotes: it is none. */
const scalarText = (value: Json): string => (typeof value === 'string' && value.startsWith('‹') ? value : JSON.stringify(value));

const linesOf = (masked: Masked, head: string, tail: string, indent: string): readonly string[] => {
  const notes = masked.notes.map((note) => `${indent}${' '.repeat(head.length)}^ ${note}`);
  if (masked.kind === 'scalar') return [`${indent}${head}${scalarText(masked.value)}${tail}`, ...notes];
  const parts =
    masked.kind === 'list'
      ? masked.items.map((item) => ['', item] as const)
      : masked.members.map(([key, value]) => [`${JSON.stringify(key)}: `, value] as const);
  const [open, close] = masked.kind === 'list' ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return [`${indent}${head}${open}${close}${tail}`, ...notes];
  const comma = (at: number): string => (at < parts.length - 1 || masked.more > 0 ? ',' : '');
  return [
    `${indent}${head}${open}`,
    ...notes,
    ...parts.flatMap(([inner, value], at) => linesOf(value, inner, comma(at), `${indent}  `)),
    ...(masked.more > 0 ? [`${indent}  … and ${masked.more} more`] : []),
    `${indent}${close}${tail}`,
  ];
};

/** Lines of pretty JSON, what is wrong under the value that it is wrong with. */
export const maskedLines = (masked: Masked): readonly string[] => linesOf(masked, '', '', '');
