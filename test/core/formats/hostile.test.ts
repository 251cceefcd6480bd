import fc from 'fast-check';
import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import { readEnvelope } from '../../../src/core/formats/envelope';
import { readEvents } from '../../../src/core/formats/read-events';
import { keys } from '../../../src/core/items';
import type { JsonObject } from '../../../src/core/json';
import { limits, utf8Bytes } from '../../../src/core/limits';
import { type Rejection, rejectionReasons } from '../../../src/core/rejection';
import { detailEnvelope, endMarkMessage, feedMessage, mapperOf } from '../../factories';
import { registry } from '../../outside';

/* Messages as a hostile sender would bend them: whatever comes, each is an event or a rejection with a reason. */

const sound: readonly string[] = [
  ...['customer.start', 'customer.end', 'user.end', 'acd.end', 'flow.end', 'flow.outcome', 'acw', 'attributes'].map((type) =>
    JSON.stringify(feedMessage({ type, body: { attributes: {}, interactingDurationMs: 1, disconnectType: 'PEER' } })),
  ),
  JSON.stringify(feedMessage()['detail']),
  JSON.stringify(detailEnvelope([{ data: { status: 'connected' } }, { name: 'voice:call:transferred', sequence: 2 }])),
  JSON.stringify(detailEnvelope([{ name: 'conversation:state:updated', data: { duration: 1 } }, { name: 'participant:added' }])),
  JSON.stringify(endMarkMessage()),
  JSON.stringify({ Type: 'Notification', Message: JSON.stringify(feedMessage()) }),
  JSON.stringify({ requestPayload: endMarkMessage() }),
];

/** Any JSON value, those that programs stumble over first. */
const values = fc.oneof(
  fc.constantFrom('""', 'null', '-1', '1e308', '9007199254740991', '8640000000000001', '253402300800000', '{}', '[]', '[[null]]'),
  fc.constantFrom(String.raw`"\ud800"`, String.raw`"\u0000"`, '"__proto__"', '{"__proto__":1,"":2}', '"2026-01-01T00:00:00Z"'),
  fc.json({ maxDepth: 3 }),
);

/** A sound message in which values are replaced by others, wherever they stand. */
const bent = fc.tuple(fc.constantFrom(...sound), fc.array(fc.tuple(fc.nat(), values), { maxLength: 4 })).map(([text, changes]) =>
  changes.reduce((body, [draw, value]) => {
    const places = [...body.matchAll(/(?<=":)("(?:[^"\\]|\\.)*"|-?\d+|null|true|false|\{\}|\[\])/g)];
    const place = places[draw % Math.max(1, places.length)];
    return place ? `${body.slice(0, place.index)}${value}${body.slice(place.index + place[0].length)}` : body;
  }, text),
);

const judge = (body: string): { readonly events: readonly CanonicalEvent[]; readonly rejection: Rejection | null } => {
  const envelope = readEnvelope(body);
  if ('reason' in envelope) return { events: [], rejection: envelope };
  const { events, rejection } = readEvents(envelope, registry, []);
  return { events: events.map(({ event }) => event), rejection };
};

test('every message is an event that can be stored, or a rejection that says what was expected', () => {
  let [taken, refused] = [0, 0];
  fc.assert(
    fc.property(fc.oneof({ arbitrary: bent, weight: 9 }, { arbitrary: fc.string(), weight: 1 }), (body) => {
      const { events, rejection } = judge(body);
      expect(events.length + (rejection ? 1 : 0)).toBeGreaterThan(0);
      for (const event of events) expect(utf8Bytes(keys.event(event).sk)).toBeLessThanOrEqual(limits.sortKeyBytes);
      if (rejection) expect(rejectionReasons).toContain(rejection.reason);
      if (rejection) expect(rejection.detail).toMatch(/[Ee]xpected|must|required/);
      taken += events.length;
      refused += rejection ? 1 : 0;
    }),
    { numRuns: 3_000 },
  );
  // Were all of them one or the other, the messages would be bent too much or too little.
  expect(Math.min(taken, refused)).toBeGreaterThan(300);
});

test('whatever is taken folds into a record that its schema allows', () => {
  const provisional: JsonObject = { layout: 1, life: '0mjuohs000000001', revision: 1, pane: 'on_time', supersedes: null };
  fc.assert(
    fc.property(fc.array(bent, { minLength: 1, maxLength: 12 }), (bodies) => {
      const events = bodies.flatMap((body) => judge(body).events).map((event) => ({ ...event, conversationId: 'one' }));
      fc.pre(events.length > 0);
      const { content } = foldConversation(events, mapperOf);
      const record: unknown = JSON.parse(
        JSON.stringify({ ...provisional, changed: [], contentHash: 'a'.repeat(64), ...content }),
      );
      expect(registry.validate('tidemark.record', record)).toMatchObject({ ok: true });
    }),
    { numRuns: 500 },
  );
});
