import type { Chance } from '../chance';
import type { Sent } from '../history';
import type { Canaries } from './canaries';
import { inDetailEnvelope, inEventBridge, iso } from './carriers';
import type { Load } from './scripts';

const rejected = (atMs: number, body: string, reason: string): Sent => ({
  atMs,
  body,
  facts: [],
  rejection: { reason, knownFromMs: null },
});

/** Messages in which nothing can be read; the customer's data in them is as secret as in any other. */
export const drawBadMessage = (chance: Chance, atMs: number, { number, name, token }: Canaries): Sent => {
  const body = { eventTime: 1, conversationId: 'bad', ani: number, participantName: name, token };
  const event = (action: string, raw: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(inEventBridge(chance, action, raw, atMs));
  switch (chance.whole(0, 5)) {
    case 0:
      return rejected(atMs, `{"detail": {"eventBody": {"ani": "${number}", `, 'not-json');
    case 1:
      return rejected(atMs, JSON.stringify([name, token], null, 1), 'not-object');
    case 2:
      return rejected(atMs, JSON.stringify({ hello: name, token }, null, 2), 'unknown-envelope');
    case 3:
      return rejected(atMs, event('customer.unheard', body), 'unknown-type');
    case 4:
      return rejected(atMs, event('customer.start', { ...body, eventTime: `at ${number}` }), 'invalid');
    default:
      return rejected(atMs, event('customer.start', { ...body, conversationId: `${name} `.repeat(150) }), 'too-large');
  }
};

/** A detail envelope with one bad entry: the good ones are admitted, and the whole is set aside as well. */
export const spoil = (load: Load, conversationId: string, createdAtMs: number): Sent => {
  const unheard = { name: 'conversation:unheard', type: 'x', data: {}, sequence: 9_999, timestamp: iso(createdAtMs) };
  const details = [...load.facts.map(({ raw }) => raw), unheard];
  return {
    atMs: createdAtMs,
    body: JSON.stringify(inDetailEnvelope(conversationId, createdAtMs, details)),
    facts: load.facts.map(({ id }) => id),
    rejection: { reason: 'unknown-type', knownFromMs: null },
  };
};
