import { isObject, type Json } from '../../../src/core/json';

/* Whether a value of JSON can be read as a column of Hive's type, as the JSON SerDe reads it: by key, whatever its case. */

type Fits = (value: Json | undefined) => boolean;

const isAbsent = (value: Json | undefined): boolean => value === undefined || value === null;

const scalars: Readonly<Record<string, Fits>> = {
  // What is no text is there as its JSON.
  string: () => true,
  bigint: (value) => Number.isSafeInteger(value),
  double: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
};

/** Splits `a:int,b:array<x,y>` at its outer commas. */
const partsOf = (text: string): readonly string[] => {
  const parts: string[] = [''];
  let depth = 0;
  for (const sign of text) {
    depth += sign === '<' ? 1 : sign === '>' ? -1 : 0;
    if (sign === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${sign}`);
  }
  return parts;
};

const structOf = (inner: string): Fits => {
  const fields = new Map(
    partsOf(inner).map((part) => {
      const at = part.indexOf(':');
      return [part.slice(0, at), hiveReader(part.slice(at + 1))] as const;
    }),
  );
  return (value) =>
    isObject(value) && Object.entries(value).every(([key, item]) => fields.get(key.toLowerCase())?.(item) === true);
};

const nested = (kind: string, inner: string): Fits => {
  if (kind === 'struct') return structOf(inner);
  if (kind === 'array') {
    const fits = hiveReader(inner);
    return (value) => Array.isArray(value) && (value as readonly Json[]).every(fits);
  }
  const fits = hiveReader(partsOf(inner)[1] ?? '');
  return (value) => isObject(value) && Object.values(value).every(fits);
};

/** Of a type that Hive has not, nothing fits. A field that the type does not have would be lost, and does not fit either. */
export const hiveReader = (type: string): Fits => {
  const [, kind = '', inner = ''] = /^(struct|array|map)<(.*)>$/.exec(type) ?? [];
  const fits = kind === '' ? (scalars[type] ?? (() => false)) : nested(kind, inner);
  return (value) => isAbsent(value) || fits(value);
};
