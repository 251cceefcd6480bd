import { isObject, type Json } from '../json';

/** One text for one content, keys sorted. Unlike that of events it keeps nulls: in a schema, `"const": null` says something. */
export const exactJson = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map((item: Json) => exactJson(item)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${exactJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
};
