import { createHash } from 'node:crypto';
import { compareEvents, orderDistinct } from '../../../src/core/order';
import type { CanonicalEvent } from '../../../src/core/event';
import { readEnvelope } from '../../../src/core/formats/envelope';
import { readEvents } from '../../../src/core/formats/read-events';
import type { StoredEvent } from '../../../src/core/items';
import type { SchemaRegistry } from '../../../src/core/schema-registry';
import { generateTraffic } from '../../traffic/generate';

/*
 * Conversations of any length, made of generated ones that follow each other under one id, as messaging goes on for weeks.
 *
 *   feed       each stretch has participants and sessions of its own
 *   reopened   the same participants and sessions start and end, again and again
 *   envelope   detail envelopes
 */
export const kinds = ['feed', 'reopened', 'envelope'] as const;
export type Kind = (typeof kinds)[number];

const conversationId = '6b1f7f0c-0d5e-4a53-9a40-0a3ff9c3a5f1';
const pauseMs = 60_000;
/** Of the feed, one with a queue, agents, transfers and work after the call has about so many. */
const leastEvents = 10;

/** Generated conversations of one format, each in order. */
const stretchesOf = (
  format: CanonicalEvent['format'],
  registry: SchemaRegistry,
  conversations: number,
): readonly (readonly CanonicalEvent[])[] => {
  const { messages } = generateTraffic({ seed: 'reconstruct', conversations });
  const byConversation = new Map<string, CanonicalEvent[]>();
  for (const { body } of messages) {
    const envelope = readEnvelope(body);
    if ('reason' in envelope) continue;
    for (const { event } of readEvents(envelope, registry, []).events) {
      const known = byConversation.get(event.conversationId);
      if (known) known.push(event);
      else byConversation.set(event.conversationId, [event]);
    }
  }
  return [...byConversation.values()]
    .map(orderDistinct)
    .filter((events) => events.every((event) => event.format === format && event.attached !== true));
};

/** The stretch that is repeated: the longest that an agent worked after. */
const mostOf = (stretches: readonly (readonly CanonicalEvent[])[]): readonly CanonicalEvent[] =>
  stretches
    .filter((events) => events.some(({ type }) => type === 'acw'))
    .reduce((longest, events) => (events.length > longest.length ? events : longest));

/** Told again at another time it is another fact. */
const moved = (event: CanonicalEvent, byMs: number): CanonicalEvent => ({
  ...event,
  conversationId,
  eventTimeMs: event.eventTimeMs + byMs,
  envelopeTimeMs: event.envelopeTimeMs + byMs,
  fingerprint: createHash('sha256').update(`${event.fingerprint} ${byMs}`).digest('hex').slice(0, 32),
});

const timesOf = (events: readonly CanonicalEvent[]): readonly number[] =>
  events.map(({ eventTimeMs, envelopeTimeMs }) => Math.max(eventTimeMs, envelopeTimeMs));

/** One stretch after the other, until there are enough events, which are `most` at most; they arrive as they happened. */
export const conversationsOf = (kind: Kind, registry: SchemaRegistry, most: number) => {
  const conversations = 100 + Math.ceil(most / 6);
  const all = stretchesOf(kind === 'envelope' ? 'detail-envelope' : 'genesys', registry, conversations).filter(
    ({ length }) => kind === 'envelope' || length >= leastEvents,
  );
  const stretches = kind === 'reopened' ? [mostOf(all)] : all;
  return (size: number): readonly StoredEvent[] => {
    const events: CanonicalEvent[] = [];
    let fromMs = Math.min(...timesOf(stretches[0]!));
    for (let index = 0; events.length < size; index++) {
      const stretch = stretches[index % stretches.length]!;
      const byMs = fromMs - Math.min(...timesOf(stretch));
      events.push(...stretch.map((event) => moved(event, byMs)));
      fromMs += Math.max(...timesOf(stretch)) - Math.min(...timesOf(stretch)) + pauseMs;
    }
    const inOrder = events.slice(0, size).sort(compareEvents);
    return inOrder.map((event) => ({ event, sentAtMs: event.eventTimeMs + 200 }));
  };
};
