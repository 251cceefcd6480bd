import { isDeepStrictEqual } from 'node:util';
import type { Expected } from './traffic';

/*
 * A record against the truth. What differs is said by field; values of customers are never said, because whatever prints this
 * is itself searched for canaries.
 */

type Json = Readonly<Record<string, unknown>>;

const rows = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const texts = (of: readonly Json[], field: string): readonly string[] => of.map((row) => String(row[field]));

/** Contacts and campaigns have events with the customer's session; only these families start and end. */
const families = ['acd', 'customer', 'flow', 'user', 'voicemail'];

const keyOf = ({ family, sessionId }: Json): string => `${String(family)} ${String(sessionId)}`;

const sessionsOf = (record: Json): readonly Json[] =>
  rows(record['sessions'])
    .filter(({ family }) => families.includes(String(family)))
    .map(({ family, sessionId, startedAt, endedAt }) => ({ family, sessionId, startedAt, endedAt }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** A record as the truth words it. */
const project = (record: Json): Json => ({
  ...record,
  statesReached: [...new Set(texts(rows(record['states']), 'state'))].sort(),
  participantIds: texts(rows(record['participants']), 'participantId').toSorted(),
  sessions: sessionsOf(record),
  lifecycle: rows(record['lifecycle']).map(({ sequence, timestamp, action }) => ({ sequence, timestamp, action })),
});

const isPrivate = (path: string): boolean => /^(attributes|caller|callee)\b/.test(path);

const describe = (value: unknown): string => {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

const isPlain = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Descends into objects and lists of one length, so that one wrong entry is named and not the whole list. */
const compareAt = (path: string, expected: unknown, got: unknown): readonly string[] => {
  if (isDeepStrictEqual(expected, got)) return [];
  if (isPrivate(path)) return [`${path}: differs`];
  const bothLists = Array.isArray(expected) && Array.isArray(got) && expected.length === got.length;
  if (bothLists) return expected.flatMap((item, index) => compareAt(`${path}[${index}]`, item, (got as unknown[])[index]));
  if (isPlain(expected) && isPlain(got))
    return Object.keys(expected).flatMap((key) => compareAt(`${path}.${key}`, expected[key], got[key]));
  return [`${path}: expected ${describe(expected)}, got ${describe(got)}`];
};

/** What a record says otherwise than the truth; empty when they agree. Fields that the truth leaves out are not compared. */
export const findDifferences = (expected: Partial<Expected>, record: Json): readonly string[] => {
  const got = project(record);
  return Object.entries(expected).flatMap(([field, value]) => compareAt(field, value, got[field]));
};
