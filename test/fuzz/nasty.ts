import type { Chance } from '../simulation/chance';

/* What programs stumble over, as JSON text. */

/** No customer's value may turn up in a rejection or beside a drift: this stands for one. */
export const canary = 'canary 7f3a';

const numbers = [
  ...['0', '-0', '-1', '1.5', '1e400', '-1e400', '1E-400', '9007199254740991', '9007199254740992', '9007199254740993'],
  ...['8640000000000000', '8640000000000001', '253402300800000', '123456789012345678901234567890', '4e-324', '1e21', '1e308'],
];

const texts = [
  ...['""', '" "', `"${canary}"`, String.raw`"\ud800"`, String.raw`"\udc00\ud83d"`, String.raw`"\u0000"`, '"__proto__"'],
  ...['"constructor"', '"toString"', '"null"', '"NaN"', '"0"', '"1786000000000"', '"😀"', String.raw`"\u202e\ufeff"`],
  ...['"conversation.end"', '"v2.detail.events.conversation"', '"Notification"', '"DND_TRANSFER"', '"customer.end"'],
  ...['"2026-08-05T12:34:56Z"', '"2026-08-05"', '"1969-12-31T23:59:59Z"', '"2016-12-31T23:59:60Z"', '"0000-01-01T00:00:00Z"'],
  ...['"2026-13-45T99:99:99Z"', '"9999-12-31T23:59:59.999999999Z"', '"+275760-09-13T00:00:00Z"', '"Wed, 05 Aug 2026"'],
  ...['"v2.detail.events.conversation.{id}.customer.end"', '"{id}"', '"aws.partner/genesys.com/cloud//"', '"tel:;?@"'],
];

const others = [
  ...['null', 'true', 'false', '{}', '[]', '[[]]', '[null]', '[{}]', '{"":{}}', '[1,"two",[3],{"4":5}]'],
  ...['{"__proto__":{"conversationId":"c","eventTime":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"toString":1}'],
  ...['{"conversationId":1,"conversationId":"c"}', '{"length":1000000000}', '{"toJSON":{}}', `{"${canary}":"${canary}"}`],
];

const notJson = [
  'NaN',
  'Infinity',
  'undefined',
  "'x'",
  '01',
  '+1',
  '.5',
  '1.',
  '0x10',
  '"\t"',
  '"unended',
  '{',
  ']',
  '{"a":1,}',
  '',
];

const repeated = (chance: Chance): string => {
  const piece = chance.pick(['a', ' ', '.', '9', '😀', '/', '\\\\', '-', 'TRANSFER', '🏳️‍🌈']);
  return `"${piece.repeat(chance.whole(1, 10) ** chance.whole(1, 3))}"`;
};

const nested = (chance: Chance): string => {
  const depth = chance.pick([2, 10, 60, 97, 105]);
  return chance.is(0.5) ? '['.repeat(depth) + ']'.repeat(depth) : `${'{"d":'.repeat(depth)}1${'}'.repeat(depth)}`;
};

const one = (texts: readonly string[], chance: Chance): string => texts[chance.whole(0, texts.length - 1)] ?? 'null';

/** A value as JSON text; seldom one that is no JSON. */
export const nastyValue = (chance: Chance): string => {
  const draw = chance.fraction();
  if (draw < 0.25) return one(numbers, chance);
  if (draw < 0.55) return one(texts, chance);
  if (draw < 0.8) return one(others, chance);
  if (draw < 0.9) return repeated(chance);
  if (draw < 0.98) return nested(chance);
  return one(notJson, chance);
};

/** A key as JSON text. */
export const nastyKey = (chance: Chance): string =>
  one(
    [
      ...[
        '"__proto__"',
        '"constructor"',
        '"prototype"',
        '"hasOwnProperty"',
        '"toString"',
        '"valueOf"',
        '"toJSON"',
        '"then"',
        '""',
      ],
      ...[
        '"0"',
        '"length"',
        `"${canary}"`,
        String.raw`"\ud800"`,
        String.raw`"\u0000"`,
        '"~0~1/"',
        '"a.b[*]"',
        '"$ref"',
        '"eventBody"',
      ],
      ...['"requestPayload"', '"detail"', '"Message"', '"Type"', '"details"', `"${'k'.repeat(5_000)}"`],
    ],
    chance,
  );
