import { foldConversation } from '../../core/conversation/fold';
import type { CanonicalEvent, PassedEvent } from '../../core/event';
import { type Envelope, readEnvelope } from '../../core/formats/envelope';
import { type EventsRead, readEvents } from '../../core/formats/read-events';
import { canonicalJson, type Json } from '../../core/json';
import type { Rejection, RejectionReason } from '../../core/rejection';
import type { EventSubject, SchemaRegistry } from '../../core/schema-registry';
import { mapperOf } from '../../steps/reconstruct';

/** One message as the worker would take it. */
export interface TryReport {
  readonly envelope: Envelope | null;
  /** In the order of the message; what is reconstructed or attached before what is passed on or ignored. */
  readonly events: readonly { readonly subject: EventSubject; readonly event: CanonicalEvent | PassedEvent }[];
  readonly drift: EventsRead['drift'];
  /** What the reconstructed events alone make of a record: the fields that an empty one does not have so. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly rejection: Rejection | null;
  /** What to do about the rejection. */
  readonly next: string | null;
}

const byPropose = '`tidemark schemas propose FILE` says which version of which schema would admit it, and whether one can.';
const bySender = 'No schema admits it: whoever sends it must send it otherwise.';

const nextSteps: Readonly<Record<RejectionReason, string>> = {
  'unknown-type': byPropose,
  invalid: byPropose,
  'not-json': bySender,
  'not-object': bySender,
  'too-deep': bySender,
  'too-large': bySender,
  'unknown-envelope': bySender,
  'foreign-source': 'ALLOWED_SOURCES says who may send.',
};

/** Of any event, and shown with it. */
const saidBefore = ['conversationId', 'orgId', 'producedBy', 'eventCount'];

const differingFields = (events: readonly CanonicalEvent[], registry: SchemaRegistry): TryReport['record'] => {
  if (events.length === 0) return {};
  const empty: Readonly<Record<string, unknown>> = { ...foldConversation([], mapperOf(registry)).content };
  const { content } = foldConversation(events, mapperOf(registry));
  const isSet = ([key, value]: readonly [string, unknown]): boolean =>
    !saidBefore.includes(key) &&
    canonicalJson(value as Json) !== canonicalJson((empty[key] ?? null) as Json);
  return Object.fromEntries(Object.entries(content).filter(isSet));
};

const refused = (rejection: Rejection): TryReport => ({
  envelope: null,
  events: [],
  drift: [],
  record: {},
  rejection,
  next: nextSteps[rejection.reason],
});

/** Never throws for what a message holds. */
export const tryMessage = (body: string, registry: SchemaRegistry): TryReport => {
  const envelope = readEnvelope(body);
  if ('reason' in envelope) return refused(envelope);
  const { events, passed, rejection, drift } = readEvents(envelope, registry, []);
  const reconstructed = events.filter(({ subject }) => subject.action === 'reconstruct').map(({ event }) => event);
  return {
    envelope,
    events: [...events, ...passed],
    drift,
    record: differingFields(reconstructed, registry),
    rejection,
    next: rejection && nextSteps[rejection.reason],
  };
};
