import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { fingerprint } from '../../src/core/event';
import { canonicalJson, isObject, type Json, type JsonObject } from '../../src/core/json';

/* Stored events are known by a hash of this text: it may get quicker, it must not say anything else. */

/** The same, as plainly as it can be said. */
const plainly = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map((item: Json) => plainly(item)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .filter((key) => value[key] !== null)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${plainly(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
};

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', '', '10', '9', 'a', 'A', 'ä', '\ud800', '"', '\\', '\n', '\u2028', '😀', '\uffff'),
  fc.string({ unit: 'binary' }),
);

const leaf = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -0, 1e21, 1e-7, 5e-324, Infinity, 9_007_199_254_740_993, '\ud800x', 'x\udc00'),
  fc.string({ unit: 'binary' }),
  fc.double(),
);

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value')),
    // More members than are sorted by insertion, now and then.
    fc.array(fc.tuple(key, tie('value')), { maxLength: 60 }).map((members): Json => Object.fromEntries(members)),
  ),
})).value;

test('the text is that of its definition, whatever the value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(value)).toBe(plainly(value));
    }),
    { numRuns: 2_000 },
  );
});

test('a key that means something to JavaScript is only a key', () => {
  const value = JSON.parse('{"b":1,"__proto__":{"b":null,"a":2}}') as Json;
  expect(canonicalJson(value)).toBe('{"__proto__":{"a":2},"b":1}');
});

test('a fingerprint is a hash of the identity as JSON, a line end and the body', () => {
  const hashed = (identity: readonly Json[], body: JsonObject): string =>
    createHash('sha256')
      .update(`${JSON.stringify(identity)}\n${plainly(body)}`)
      .digest('hex')
      .slice(0, 32);
  const id = fc.option(fc.string({ unit: 'binary' }));
  const drawn = fc.record({
    ...{ type: key, participantId: id, sessionId: id, conversationId: key, createdTimestamp: key },
    ...{ eventTimeMs: fc.oneof(fc.maxSafeNat(), fc.double()), sequence: fc.option(fc.nat()) },
  });
  fc.assert(
    fc.property(drawn, ({ createdTimestamp, sequence, ...parts }) => {
      const { type, conversationId, participantId, sessionId, eventTimeMs } = parts;
      const identity = [1, 'detail-envelope', type, conversationId, participantId, sessionId, eventTimeMs];
      const all = { ...parts, format: 'detail-envelope', body: { type } } as const;
      expect(fingerprint(all)).toBe(hashed(identity, { type }));
      const envelope = { createdTimestamp, sequence };
      expect(fingerprint({ ...all, envelope })).toBe(hashed([...identity, createdTimestamp, sequence], { type }));
    }),
  );
});
