import type { CanonicalEvent } from '../event';
import type { Provenance } from '../record';

/** Which schemas read the events, and which mappers made the record. */
export const traceProvenance = (ordered: readonly CanonicalEvent[], mappers: Provenance['mappers']): Provenance => {
  const versions = new Map<string, Set<number>>();
  for (const { subject, schemaVersion } of ordered) {
    versions.set(subject, (versions.get(subject) ?? new Set()).add(schemaVersion));
  }
  const subjects = [...versions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, seen]) => [subject, [...seen].sort((a, b) => a - b)]);
  return { subjects: Object.fromEntries(subjects) as Provenance['subjects'], mappers };
};
