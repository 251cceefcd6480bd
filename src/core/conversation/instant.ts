import type { CanonicalEvent } from '../event';

/**
 * RFC 3339, which the record's schema asks for, ends with the year 9999 (JS dates with 8.64e15 ms, after which they throw). A
 * legal `eventTime` ends at 2^53 ms: what lies between cannot be written as a date.
 */
const lastDateMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The same instant, or null where no date can say it. */
export const dateableOrNull = (ms: number): number | null => (ms >= 0 && ms <= lastDateMs ? ms : null);

/** ISO 8601 with milliseconds; null for the unknown and for what no date can say. Never a RangeError. */
export const isoOrNull = (ms: number | null): string | null =>
  ms === null || dateableOrNull(ms) === null ? null : new Date(ms).toISOString();

/** Names an event in an anomaly: its type and time, nothing that a customer said or is. */
export const nameEvent = (event: Pick<CanonicalEvent, 'type' | 'eventTimeMs'>): string =>
  `${event.type} at ${isoOrNull(event.eventTimeMs) ?? String(event.eventTimeMs)}`;
