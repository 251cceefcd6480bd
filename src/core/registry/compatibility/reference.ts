import { isObject, type Json, type JsonObject } from '../../json';
import { assertionsOf, type Located } from './pair';

type Find = (id: string) => JsonObject | undefined;

/** More than any chain of references that means something: one that leads back to itself must end, too. */
const longestChain = 20;

const unescaped = (part: string): string => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');

const pointedAt = (document: JsonObject, pointer: string): Json | undefined => {
  if (pointer === '') return document;
  // A plain name is an anchor, which the registry does not use.
  if (!pointer.startsWith('/')) return undefined;
  const parts = pointer.slice(1).split('/').map(unescaped);
  return parts.reduce<Json | undefined>((at, part) => {
    if (Array.isArray(at)) return (at as readonly Json[])[Number(part)];
    return isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }, document);
};

const follow = ({ schema, document }: Located, find: Find): Located | null => {
  const [reference, id = ''] = [schema['$ref'], document['$id']];
  if (typeof reference !== 'string' || typeof id !== 'string') return null;
  try {
    const { pathname, hash } = new URL(reference, `registry:/${id}`);
    const found = reference.startsWith('#') ? document : find(pathname.slice(1));
    const pointed = found && pointedAt(found, hash.slice(1));
    return isObject(pointed) && found ? { schema: pointed, document: found } : null;
  } catch {
    return null;
  }
};

/** What a schema that is only a reference refers to; null if that is not there, or if more than the reference is said. */
export const target = (located: Located, find: Find): Located | null => {
  let at: Located | null = located;
  for (let steps = 0; at !== null && Object.hasOwn(at.schema, '$ref'); steps += 1) {
    const isAlone: boolean = assertionsOf(at.schema).length === 1;
    at = isAlone && steps < longestChain ? follow(at, find) : null;
  }
  return at;
};
