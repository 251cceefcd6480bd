import { createHash } from 'node:crypto';
import type { StoredRecord } from '../../../src/core/items';
import { deadLetterAttributes } from '../../../src/core/rejection';
import type { Letter, Observed } from '../observe';
import type { Difference } from './difference';

/* Was everything that leaves by a queue or a topic the right bytes? */

/** A message that had to be set aside. */
export interface ExpectedDeadLetter {
  readonly body: string;
  readonly reason: string;
}

/** A message whose event no record is made of: it is published as it came, or a record carries it. */
export interface ExpectedPassed {
  readonly body: string;
  readonly subject: string;
}

const hash = (body: string): string => createHash('sha256').update(body).digest('hex');

/** Names a message without showing it. */
const nameOf = (body: string): string => `message of ${Buffer.byteLength(body)} bytes, SHA-256 ${hash(body).slice(0, 12)}`;

const reasonOf = (letter: Letter, notes: Observed['failureNotes']): string | undefined =>
  letter.attributes[deadLetterAttributes.reason] ?? notes.get(hash(letter.body))?.[deadLetterAttributes.reason];

/** Every bad message is set aside, byte for byte, with its reason, and no other is. Twice is allowed: the queue may deliver twice. */
export const judgeDeadLetters = (
  expected: readonly ExpectedDeadLetter[],
  { deadLetters, failureNotes }: Observed,
): readonly Difference[] => {
  const reasons = new Map(deadLetters.map((letter) => [letter.body, reasonOf(letter, failureNotes)]));
  const wanted = new Set(expected.map(({ body }) => body));
  return [
    ...expected
      .filter(({ body, reason }) => reasons.get(body) !== reason)
      .map(({ body, reason }) => {
        const got = reasons.has(body) ? (reasons.get(body) ?? 'no reason') : 'nothing';
        return { where: 'dead letters', what: `${nameOf(body)}: expected ${reason}, got ${got}` };
      }),
    ...[...reasons]
      .filter(([body]) => !wanted.has(body))
      .map(([body, reason]) => ({ where: 'dead letters', what: `${nameOf(body)}: expected none, got ${reason}` })),
  ];
};

interface ExpectedAside {
  readonly passed: readonly ExpectedPassed[];
  readonly attached: readonly ExpectedPassed[];
}

/** Of an event that was passed on: what it is, and its body as it came. */
const passedFact = (subject: unknown, eventBody: unknown): string => JSON.stringify([subject, eventBody]);

const factOfMessage = ({ body, subject }: ExpectedPassed): string =>
  passedFact(subject, (JSON.parse(body) as { readonly detail: { readonly eventBody: unknown } }).detail.eventBody);

const factOfNotification = (notification: string): string => {
  const { subject, body } = JSON.parse(notification) as { readonly subject?: unknown; readonly body?: unknown };
  return passedFact(subject, body);
};

/**
 * Every revision is published, with the bytes of its record, every event that is passed on, as it came, and nothing else is.
 * Twice is allowed: SNS is at least once.
 */
export const judgePublications = (
  records: readonly StoredRecord[],
  { passed, attached }: ExpectedAside,
  { published }: Observed,
): readonly Difference[] => {
  const sent = new Set(published.map(({ body }) => body));
  const planned = new Set(records.map(({ outbox }) => outbox.notification.message));
  const others = published.filter(({ body }) => !planned.has(body));
  const facts = new Set(others.map(({ body }) => factOfNotification(body)));
  const plannedFacts = new Set([...passed, ...attached].map(factOfMessage));
  return [
    ...records
      .filter(({ outbox }) => !sent.has(outbox.notification.message))
      .map(({ record }) => ({ where: record.conversationId, what: `revision ${record.revision}: expected it to be published` })),
    ...passed
      .filter((message) => !facts.has(factOfMessage(message)))
      .map(({ body, subject }) => ({
        where: 'topic',
        what: `${nameOf(body)}: expected it to be published as ${subject}, got nothing`,
      })),
    ...others
      .filter(({ body }) => !plannedFacts.has(factOfNotification(body)))
      .map(({ body }) => ({
        where: 'topic',
        what: `${nameOf(body)}: expected the bytes of a record or an event as it came, got others`,
      })),
  ];
};

/** Every attached event is carried by a record, or was published. Both is allowed. */
export const judgeAttached = (
  records: readonly StoredRecord[],
  { attached }: Pick<ExpectedAside, 'attached'>,
  { published }: Observed,
): readonly Difference[] => {
  const carried = records.flatMap(({ record }) => record.attached ?? []).map(({ subject, body }) => passedFact(subject, body));
  const told = new Set([...carried, ...published.map(({ body }) => factOfNotification(body))]);
  return attached
    .filter((message) => !told.has(factOfMessage(message)))
    .map(({ body, subject }) => ({
      where: 'topic',
      what: `${nameOf(body)}: expected a record with it, or it to be published as ${subject}, got neither`,
    }));
};
