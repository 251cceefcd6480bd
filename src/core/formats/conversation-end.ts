import { fingerprint } from '../event';
import { isObject, textOrNull } from '../json';
import { type Entry, organisationOf, passedOf, readInstant, type ReadEntries } from './entry';

/** An explicit end mark: `detail-type: conversation.end`. Genesys sends no such event; upstream systems that know the end do. */
export const readEndMarkEntries: ReadEntries = ({ object, source }, registry) => {
  const detail = isObject(object['detail']) ? object['detail'] : {};
  const toEvent: Entry['toEvent'] = (subject, schemaVersion) => {
    const stated = detail['timestamp'] ?? null;
    const eventTimeMs = readInstant(stated ?? object['time']);
    if (eventTimeMs === null) {
      return { problem: `Expected ${stated === null ? 'time' : 'detail.timestamp'} to be an instant since 1970.` };
    }
    const parts = {
      format: 'conversation-end',
      type: subject.type,
      conversationId: textOrNull(detail['conversationId']) ?? '',
      participantId: null,
      sessionId: null,
      eventTimeMs,
    } as const;
    return {
      layout: 1,
      orgId: organisationOf(source),
      ...parts,
      subject: subject.subject,
      schemaVersion,
      mediaType: textOrNull(detail['mediaType']),
      envelopeTimeMs: eventTimeMs,
      sequence: 0,
      fingerprint: fingerprint({ ...parts, body: detail }),
      body: detail,
    };
  };
  const toPassed: Entry['toPassed'] = (subject, version) => passedOf(toEvent(subject, version));
  const subject = registry.eventSubject('conversation-end', 'conversation.end');
  return [{ name: 'conversation.end', subject, payload: detail, toEvent, toPassed }];
};
