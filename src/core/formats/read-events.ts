import type { CanonicalEvent, CarriedFormat, PassedEvent } from '../event';
import type { Rejection, RejectionReason } from '../rejection';
import type { Drift, EventSubject, SchemaRegistry } from '../schema-registry';
import { readEndMarkEntries } from './conversation-end';
import { detailsOf, readDetailEntries } from './detail-envelope';
import type { Entry, ReadEntries } from './entry';
import type { Envelope } from './envelope';
import { readGenesysEntries } from './genesys';

/** What an envelope yields. Both at once is possible: good entries beside bad ones, and then the message is set aside as well. */
export interface EventsRead {
  /** Of subjects that are reconstructed or attached. */
  readonly events: readonly { readonly event: CanonicalEvent; readonly subject: EventSubject }[];
  /** Of subjects that are passed on or ignored. */
  readonly passed: readonly { readonly event: PassedEvent; readonly subject: EventSubject }[];
  readonly rejection: Rejection | null;
  readonly drift: readonly { readonly subject: string; readonly drift: Drift }[];
}

export const adapters: Readonly<Record<CarriedFormat, ReadEntries>> = {
  genesys: readGenesysEntries,
  'detail-envelope': readDetailEntries,
  'conversation-end': readEndMarkEntries,
};

type Found<K extends 'events' | 'passed' | 'drift'> = EventsRead[K][number];

/** What has been read of a message so far. */
interface Gathered {
  readonly events: Found<'events'>[];
  readonly passed: Found<'passed'>[];
  readonly drift: Found<'drift'>[];
}

const note = ({ drift }: Gathered, subject: string, found: readonly Drift[]): void => {
  for (const one of found) drift.push({ subject, drift: one });
};

const reject = (reason: RejectionReason, detail: string, type: string): Rejection => ({
  reason,
  detail: detail.slice(0, 500),
  step: 'validate',
  ...(type === '' ? {} : { type: type.slice(0, 200) }),
});

/** A lone surrogate has no UTF-8: no key of the table can hold it, and two such ids could become one. */
const isUnicode = (id: string): boolean => !/[\ud800-\udfff]/.test(id) || !/\p{Surrogate}/u.test(id);

/**
 * The registry asks for both where it can; it does not know how every format's reader takes what it lets pass, and a version that
 * lets more pass must not bring an event without a place in the order.
 */
const isPlaced = ({ conversationId, eventTimeMs }: CanonicalEvent): boolean =>
  conversationId !== '' && Number.isSafeInteger(eventTimeMs) && eventTimeMs >= 0;

/** Adds the event; answers what is wrong where it cannot be made. */
const make = (entry: Entry, subject: EventSubject, version: number, { events, passed }: Gathered): string | null => {
  if (subject.action === 'pass' || subject.action === 'ignore') {
    const event = entry.toPassed(subject, version);
    if ('problem' in event) return event.problem;
    passed.push({ event, subject });
    return null;
  }
  const event = entry.toEvent(subject, version);
  if ('problem' in event) return event.problem;
  if (!isPlaced(event)) return 'Expected a conversationId and a time that can be read, got them in another form.';
  if (!isUnicode(event.conversationId)) return 'Expected a conversationId without lone surrogates.';
  events.push({ event: subject.action === 'attach' ? { ...event, attached: true } : event, subject });
  return null;
};

const otherTopic = { path: '$.detail.topicName', kind: 'unknown-value', example: 'another topic' } as const;

/** The carrier names the type twice; it is no field of the event. */
const disagreement = (entry: Entry, subject: string, registry: SchemaRegistry): Drift => ({
  ...otherTopic,
  oldestVersion: registry.oldestVersionKnowing(subject, entry.payload),
});

const judge = (entry: Entry, registry: SchemaRegistry, gathered: Gathered): Rejection | null => {
  const { subject, name } = entry;
  if (name === '') return reject('invalid', 'Expected an event to name its type, got none.', '');
  if (!subject) {
    return reject('unknown-type', 'Expected a type that has a subject in the schema registry, got one that has none.', name);
  }
  const verdict = registry.validate(subject.subject, entry.payload);
  if (!verdict.ok) return reject('invalid', verdict.detail, name);
  const problem = make(entry, subject, verdict.version, gathered);
  if (problem !== null) return reject('invalid', problem, name);
  note(gathered, subject.subject, verdict.drift);
  if (entry.topicDisagrees) note(gathered, subject.subject, [disagreement(entry, subject.subject, registry)]);
  return null;
};

/** The allowed sources are prefixes; an envelope that does not say where it is from is not from one of them. */
const foreignSource = (envelope: Envelope, allowedSources: readonly string[]): Rejection | null => {
  const isAllowed = allowedSources.length === 0 || allowedSources.some((prefix) => envelope.source?.startsWith(prefix));
  return isAllowed
    ? null
    : reject('foreign-source', 'Expected a source that starts with one of ALLOWED_SOURCES, got another.', '');
};

/** What is wrong with the first of an envelope and its wrappers that is unusable. */
const judgeShapes = (envelope: Envelope, registry: SchemaRegistry, gathered: Gathered): Rejection | null => {
  for (const { subject, object } of envelope.shapes) {
    const verdict = registry.validate(subject, object);
    if (!verdict.ok) return reject('invalid', `${subject}: ${verdict.detail}`, '');
    note(gathered, subject, verdict.drift);
  }
  return null;
};

/** 1 MiB holds so many entries of a hundred bytes; a smaller one can name no event, but would still cost its time. */
const maxDetails = 10_000;

const tooManyDetails = (envelope: Envelope): Rejection | null => {
  const { length } = detailsOf(envelope);
  return envelope.format === 'detail-envelope' && length > maxDetails
    ? reject('too-large', `Expected at most ${maxDetails} data.details, got ${length}.`, '')
    : null;
};

/** Of a message with several entries, the reason of its first bad one, and where all the bad ones are. */
const summarise = (
  bad: readonly { readonly index: number; readonly rejection: Rejection }[],
  total: number,
): Rejection | null => {
  const first = bad[0];
  if (!first) return null;
  if (total === 1) return first.rejection;
  const indexes = bad.map(({ index }) => index);
  const listed = `${indexes.slice(0, 20).join(', ')}${indexes.length > 20 ? ', …' : ''}`;
  const others = bad.length === total ? 'none admitted' : 'the others admitted';
  const detail = `${bad.length} of ${total} entries refused (details[${listed}]), ${others}. First: ${first.rejection.detail}`;
  return { ...first.rejection, detail: detail.slice(0, 500) };
};

const refuse = (rejection: Rejection): EventsRead => ({ events: [], passed: [], rejection, drift: [] });

/** Judges an envelope and every entry in it by the registry. Never throws. */
export const readEvents = (envelope: Envelope, registry: SchemaRegistry, allowedSources: readonly string[]): EventsRead => {
  const unwelcome = foreignSource(envelope, allowedSources) ?? tooManyDetails(envelope);
  if (unwelcome) return refuse(unwelcome);
  const gathered: Gathered = { events: [], passed: [], drift: [] };
  const misshapen = judgeShapes(envelope, registry, gathered);
  if (misshapen) return refuse(misshapen);
  const entries = adapters[envelope.format](envelope, registry);
  const bad: { readonly index: number; readonly rejection: Rejection }[] = [];
  for (const [index, entry] of entries.entries()) {
    const rejection = judge(entry, registry, gathered);
    if (rejection) bad.push({ index, rejection });
  }
  const { events, passed, drift } = gathered;
  return { events, passed, rejection: summarise(bad, entries.length), drift };
};
