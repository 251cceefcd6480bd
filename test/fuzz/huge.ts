import type { JsonObject } from '../../src/core/json';
import { carriersOf } from '../schemas/carried';
import type { Chance } from '../simulation/chance';
import type { Attack } from './attacks';
import { roughJson } from './rough-json';
import { drawPayload, drawSubject, wrapped } from './sound';

/* Messages of up to the largest that a queue takes, and a little over. Few: each costs what thousands of others do. */

const mebibyte = 1024 * 1024;

const filled = (count: number, item: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => item(at)).join(',');

/** About so many bytes of JSON, of the kind that costs most somewhere. */
const fillers: readonly ((bytes: number, chance: Chance) => string)[] = [
  (bytes) => `"${'x'.repeat(bytes)}"`,
  (bytes) => `"${'日'.repeat(bytes / 3)}"`,
  (bytes) => `"${String.raw`\n`.repeat(bytes / 2)}"`,
  (bytes) => `[${filled(bytes / 2, () => '1')}]`,
  (bytes) => `[${filled(bytes / 3, () => '{}')}]`,
  (bytes) => `{${filled(bytes / 16, (at) => `"key ${at}":"${at}"`)}}`,
  (bytes) => `{${filled(bytes / 14, (at) => `"key${at}":{}`)}}`,
  (bytes) => `{${filled(bytes / 8, () => '"key":1')}}`,
  (bytes) => `[${filled(bytes / 200, () => `${'['.repeat(90)}${']'.repeat(90)}`)}]`,
  (bytes, chance) => `"${filled(bytes / 11, () => chance.fraction().toString(36).slice(2, 12))}"`,
  (bytes) => `"${'2026-08-05T'.repeat(bytes / 11)}"`,
  (bytes) => '9'.repeat(bytes),
];

const whereTo = [
  'newField',
  'attributes',
  'callbackNumbers',
  'mediaType',
  'conversationId',
  'ani',
  'data',
  'participantId',
  'eventTime',
];

export const huge: Attack = (chance) => {
  const subject = drawSubject(chance);
  const { mark, write } = roughJson();
  const filler = fillers[chance.whole(0, fillers.length - 1)];
  const value = mark(filler?.(chance.pick([100_000, 500_000, mebibyte - 10_000, mebibyte + 10]), chance) ?? 'null');
  const payload = drawPayload(subject, chance);
  const key = whereTo[chance.whole(0, whereTo.length - 1)] ?? 'newField';
  const inside: JsonObject = chance.is(0.7) ? { ...payload, [key]: value } : payload;
  const [message] = carriersOf(subject, inside);
  const outer: JsonObject =
    inside === payload ? { ...message, [chance.pick(['id', 'time', 'resources', 'detail', 'data'])]: value } : message;
  const text = write(outer);
  if (chance.is(0.1)) return text.padStart(mebibyte);
  return chance.is(0.1) ? wrapped(text, 2, chance) : text;
};
