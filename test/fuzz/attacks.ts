import type { JsonObject } from '../../src/core/json';
import { limits } from '../../src/core/limits';
import { registry } from '../outside';
import { carriersOf, detailEnvelopeOf } from '../schemas/carried';
import { placesIn, withAt } from '../schemas/places';
import type { Chance } from '../simulation/chance';
import { bend } from './bend';
import { roughJson } from './rough-json';
import { drawPayload, drawSound, drawSubject, wrapped } from './sound';

/* What somebody would send who knows how programs like this one are written. */

export type Attack = (chance: Chance) => string;

/** Deeper than the stack, than the limit, or just within; in the middle of a sound message or all there is. */
export const deep: Attack = (chance) => {
  const depth = chance.is(0.02) ? 10_000 : chance.pick([60, 90, 99, 100, 101, 150, 1_000]);
  const [open, close] = chance.pick<readonly [string, string]>([
    ['[', ']'],
    ['{"d":', '}'],
    ['[{"d":', '}]'],
  ]);
  const nest = `${open.repeat(depth)}1${chance.is(0.8) ? close.repeat(depth) : ''}`;
  if (chance.is(0.2)) return nest;
  const { mark, write } = roughJson();
  const message = drawSound(chance);
  const places = placesIn(message, null).slice(1);
  const place = places[chance.whole(0, places.length - 1)];
  return write(place ? withAt(message, place.keys, mark(nest)) : message);
};

export const wrappers: Attack = (chance) => wrapped(JSON.stringify(drawSound(chance)), chance.whole(3, 12), chance);

/** Topics are matched by patterns with a hole for each id: thousands of dots, and templates within templates. */
export const topics: Attack = (chance) => {
  const subject = drawSubject(chance);
  const count = chance.is(0.02) ? 100_000 : chance.pick([3, 30, 300, 1_000, 1_000, 3_000]);
  const filled = subject.name.replaceAll(/\{[^}]*\}/g, () => chance.pick(['.'.repeat(count), 'a.'.repeat(count), '{id}', '\n']));
  const tail = subject.name.slice(subject.name.lastIndexOf('}') + 1);
  const topicName = chance.pick([filled, filled + tail.repeat(count), `${filled}x`, `${subject.name.repeat(count % 2_000)}x`]);
  const [event, detail = event] = carriersOf(subject, drawPayload(subject, chance));
  return JSON.stringify(chance.is(0.7) ? { ...detail, topicName } : { ...event, 'detail-type': topicName });
};

const patterns = registry.subjects
  .flatMap(({ subject }) => registry.versionsOf(subject))
  .flatMap((schema) => placesIn(schema, null).filter(({ keys }) => keys.at(-1) === 'pattern'))
  .flatMap(({ value }) => (typeof value === 'string' ? [value] : []));

/** Almost what a regular expression wants, over and over, and then not. */
const almosts = [
  ...['a', ' ', '.', '-', '0', '/', ':', ';', '@', 'T', '+', '\u2028', '\u{1f600}', '\ud800'],
  ...['aws.partner/genesys.com', '/cloud/', '.conversation.', 'v2.detail.events.', '2026-08-05T', '12:34:56', '+02:00', '(1) '],
  ...['tel:', 'sips:', 'TRANSFER', 'Z', '{id}', '%s', '$&', '\\', '"', '<a', ...patterns.map((pattern) => pattern.slice(0, 8))],
];

interface ReadField {
  readonly keys: readonly [string, ...string[]];
  readonly starts: readonly [string, ...string[]];
  readonly pieces: readonly [string, ...string[]];
}

/** The fields that are read by more than their type, how what is looked for in them begins, and what it is made of. */
const readFields: readonly [ReadField, ...ReadField[]] = [
  {
    keys: ['ani', 'dnis', 'callerNumber', 'calleeNumber'],
    starts: ['tel:+', 'sip:', 'sips:1', '+'],
    pieces: ['0', '1-', '(1) ', '.', ' ', '@', ';'],
  },
  {
    keys: ['timestamp', 'createdTimestamp', 'time'],
    starts: ['2026-08-05T12:34:56.', '2026', ''],
    pieces: ['0', 'T', 'Z', ' ', '+02:00'],
  },
  { keys: ['conversationId', 'participantId', 'sessionId'], starts: ['', '-'], pieces: ['a', '.', '/', '\ud800'] },
  {
    keys: ['source'],
    starts: ['aws.partner/genesys.com', 'aws.partner/genesys.com.test/cloud/'],
    pieces: ['/', '/cloud', '/cloud/', 'a'],
  },
  {
    keys: ['topicName'],
    starts: ['v2.detail.events.conversation.', 'v2.audits.entitytype.'],
    pieces: ['.', '.entityid.', '.end', 'a.'],
  },
  { keys: ['disconnectType', 'mediaType'], starts: ['', 'CONSULT_'], pieces: ['TRANSFER', '_', 'İ'] },
];

export const regularExpressions: Attack = (chance) => {
  const { keys: fields, starts, pieces } = chance.pick(readFields);
  const field = chance.pick(fields);
  const almost = chance.is(0.5) ? chance.pick(pieces) : (almosts[chance.whole(0, almosts.length - 1)] ?? 'a');
  const size = chance.is(0.02) ? 50_000 : chance.pick([100, 300, 1_000, 1_000, 8_000]);
  const text =
    chance.pick(starts) + almost.repeat(Math.ceil(size / almost.length)) + chance.pick(['', '!', '\n', '/', 'x', '\0']);
  const message = drawSound(chance);
  const places = placesIn(message, null);
  const there = places.filter(({ keys }) => keys.at(-1) === field).map(({ keys }) => keys);
  const bodies = places
    .filter(({ keys }) => keys.at(-1) === 'eventBody' || keys.at(-1) === 'data')
    .map(({ keys }) => [...keys, field]);
  const targets = there.length > 0 && chance.is(0.8) ? there : bodies;
  const anyText = places.filter(({ value }) => typeof value === 'string').map(({ keys }) => keys);
  const among = targets.length > 0 && chance.is(0.8) ? targets : anyText;
  const target = among[chance.whole(0, among.length - 1)];
  return JSON.stringify(target ? withAt(message, target, text) : message);
};

/** Ids that no key of a table holds, beside those that only look so. */
export const longIds: Attack = (chance) => {
  const subject = drawSubject(chance);
  const id = chance.pick(['c', 'é', '😀', 'a b', '#', '/']).repeat(chance.pick([64, 65, 600, 1_024, 2_046, 2_100, 5_000]));
  const payload = drawPayload(subject, chance);
  const [first] = carriersOf(subject, {
    ...payload,
    conversationId: id,
    participantId: id,
    sessionId: chance.is(0.5) ? id : null,
  });
  if (subject.format === 'detail-envelope') return JSON.stringify(detailEnvelopeOf([payload], id));
  return JSON.stringify(first);
};

/** Envelopes with many entries, of which some are good; or with none, or with more than any sender has. */
export const manyDetails: Attack = (chance) => {
  const details = registry.eventSubjects.filter(({ format }) => format === 'detail-envelope');
  const { mark, write } = roughJson();
  const count = chance.is(0.002) ? 3_000 : chance.pick([0, 1, 2, 2, 3, 5, 20, 100]);
  const entries = Array.from({ length: count }, () => {
    const subject = details[chance.whole(0, details.length - 1)];
    const entry = subject ? drawPayload(subject, chance) : {};
    return chance.is(0.3) ? bend(entry, { chance, rough: { mark, write } }) : entry;
  });
  const envelope: JsonObject = detailEnvelopeOf(entries, chance.uuid());
  return write(
    chance.is(0.01)
      ? detailEnvelopeOf(
          Array.from({ length: 10_001 }, () => ({})),
          'c',
        )
      : envelope,
  );
};

export const unknownTypes: Attack = (chance) => {
  const subject = drawSubject(chance);
  const name = chance.pick([
    'v2.detail.events.conversation.{id}.new',
    'v2.new.{id}',
    'voice:call:held',
    'constructor',
    '__proto__',
  ]);
  const [event] = carriersOf(subject, {
    ...drawPayload(subject, chance),
    ...(subject.format === 'detail-envelope' ? { name } : {}),
  });
  return JSON.stringify(subject.format === 'genesys' ? { ...event, 'detail-type': name } : event);
};

export const tooLarge: Attack = (chance) => JSON.stringify(drawSound(chance)).padEnd(limits.messageBytes + chance.whole(1, 9));

export const noMessage: Attack = (chance) =>
  chance.pick([
    ...([
      '',
      ' ',
      'null',
      '7',
      '"text"',
      '[]',
      '[{}]',
      'true',
      '{}',
      '{"detail":null}',
      '{"detail":{}}',
      '\ufeff{}',
      'garbage',
      '<xml/>',
    ] as const),
    ...(['{"eventBody":1}', '{"Type":"Notification","Message":1}', '{"requestPayload":[]}', '{"requestPayload":"x"}'] as const),
    String.fromCharCode(...Array.from({ length: chance.whole(1, 60) }, () => chance.whole(0, 0xffff))),
    JSON.stringify(Array.from({ length: chance.whole(1, 60) }, () => chance.fraction())),
  ]);
