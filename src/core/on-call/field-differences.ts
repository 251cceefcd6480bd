import { isObject } from '../json';

/** A place where two values differ, as a JSON path; undefined where one of them has nothing there. */
export interface FieldDifference {
  readonly path: string;
  readonly before: unknown;
  readonly now: unknown;
}

const namesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((_, index) => String(index)) : isObject(value) ? Object.keys(value) : [];

const memberOf = (value: unknown, name: string): unknown =>
  Array.isArray(value)
    ? (value[Number(name)] as unknown)
    : isObject(value) && Object.hasOwn(value, name)
      ? value[name]
      : undefined;

const bothHold = (before: unknown, now: unknown): boolean =>
  (Array.isArray(before) && Array.isArray(now)) || (isObject(before) && isObject(now));

const differencesAt = (path: string, before: unknown, now: unknown): readonly FieldDifference[] => {
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  if (!bothHold(before, now)) return [{ path, before, now }];
  const names = [...new Set([...namesOf(before), ...namesOf(now)])];
  const inside = names.flatMap((name) =>
    differencesAt(
      Array.isArray(before) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`,
      memberOf(before, name),
      memberOf(now, name),
    ),
  );
  // The same members in another order: other bytes, no other value.
  return inside.length === 0 ? [{ path: path === '' ? '(order of members)' : path, before, now }] : inside;
};

/** Where two records differ, and how; empty when they are the same bytes. */
export const findFieldDifferences = (before: unknown, now: unknown): readonly FieldDifference[] => differencesAt('', before, now);
