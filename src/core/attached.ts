import { isoOrNull } from './conversation/instant';
import type { CanonicalEvent } from './event';
import type { StoredRecord } from './items';
import { utf8Bytes } from './limits';
import type { AttachedEvent, ConversationRecord } from './record';

/** Of a record at most so many bytes: a quarter of what an execution's input holds. */
const room = 64 * 1024;

const asAttached = (event: CanonicalEvent): AttachedEvent => {
  const { type, subject, schemaVersion, eventTimeMs, fingerprint, body } = event;
  return { type, subject, schemaVersion, eventTime: isoOrNull(eventTimeMs), fingerprint, body };
};

/** In order, as many as a record has room for; a large one does not keep smaller ones out. Each fingerprint counts once. */
export const attachedThatFit = (ordered: readonly CanonicalEvent[]): readonly AttachedEvent[] => {
  let left = room;
  return ordered.map(asAttached).filter((attached) => {
    const bytes = utf8Bytes(JSON.stringify(attached));
    const fits = bytes <= left;
    if (fits) left -= bytes;
    return fits;
  });
};

/** What the notification of a record does not carry of the events that were there when its window closed. */
export const notCarried = (ordered: readonly CanonicalEvent[], stored: StoredRecord | null): readonly CanonicalEvent[] => {
  if (ordered.length === 0 || stored === null) return ordered;
  // As it is sent: to fit, lists may have been left out of it.
  const { attached = [] } = JSON.parse(stored.outbox.notification.message) as Pick<ConversationRecord, 'attached'>;
  const carried = new Set(attached.map(({ fingerprint }) => fingerprint));
  return ordered.filter(({ fingerprint }) => !carried.has(fingerprint));
};
