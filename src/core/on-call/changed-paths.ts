import { isObject, type Json } from '../json';
import { memberPath } from '../registry/place';

/** Where two values differ, and how; never what stood there. */
export interface ChangedPath {
  /** JSONPath with item numbers; a key that its sender chose freely is not quoted. */
  readonly path: string;
  readonly how: 'added' | 'removed' | 'changed';
}

const memberNames = (before: object, after: object): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();

const differ = (before: Json | undefined, after: Json | undefined, path: string): readonly ChangedPath[] => {
  if (before === undefined) return after === undefined ? [] : [{ path, how: 'added' }];
  if (after === undefined) return [{ path, how: 'removed' }];
  if (isObject(before) && isObject(after))
    return memberNames(before, after).flatMap((name) => {
      const [was, is] = [before, after].map((value) => (Object.hasOwn(value, name) ? value[name] : undefined));
      return differ(was, is, memberPath(path, name));
    });
  if (Array.isArray(before) && Array.isArray(after)) {
    const [was, is] = [before as readonly Json[], after as readonly Json[]];
    return Array.from({ length: Math.max(was.length, is.length) }, (_, n) => n).flatMap((n) =>
      differ(was[n], is[n], `${path}[${n}]`),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, how: 'changed' }];
};

/** In the order of their names. The order of members is no difference; null and absent are two things. */
export const changedPaths = (before: Json, after: Json): readonly ChangedPath[] => differ(before, after, '$');
