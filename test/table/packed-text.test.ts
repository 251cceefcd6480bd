import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { generateTraffic } from '../../localstack/traffic/generate';
import { readEnvelope } from '../../src/core/formats/envelope';
import { readEvents } from '../../src/core/formats/read-events';
import { eventItem } from '../../src/table/item-codec';
import { itemBytes } from '../../src/table/item-limits';
import { pack, unpack } from '../../src/table/packed-text';
import { noise, stored } from '../contract/samples';
import { noon } from '../factories';
import { registry } from '../outside';

const writeUnit = 1024;
const attributes = { pk: 'C#a', sk: 'E#1' };
const besidesText = itemBytes({ ...attributes, json: '' });

const eventsOfADay = generateTraffic({ seed: 'write units', conversations: 40 }).messages.flatMap(({ body }) => {
  const envelope = readEnvelope(body);
  return 'reason' in envelope ? [] : readEvents(envelope, registry, []).events.map(({ event }) => stored(event));
});

test('the events of a usual day take one write unit each', async () => {
  const items = await Promise.all(eventsOfADay.map((event) => eventItem(event, noon)));
  const larger = items.filter((item) => itemBytes(item) > writeUnit);
  expect(items.filter(({ blob }) => blob !== undefined).length).toBeGreaterThan(items.length / 2);
  expect(larger.length).toBeLessThan(items.length / 100);
});

test('what takes one write unit as it is stays as it is, and not a byte more does', async () => {
  const fits = 'x'.repeat(writeUnit - besidesText);
  expect(await pack({ attributes, text: fits })).toEqual({ ...attributes, json: fits });
  const item = await pack({ attributes, text: `${fits}x` });
  expect(item).toEqual({ ...attributes, blob: expect.any(Uint8Array) as Uint8Array });
});

test('every text comes back to the letter, whatever its length', async () => {
  for (const length of [0, 1, 700, 1_500, 4_095, 4_096, 20_000, 300_000])
    for (const text of ['again, é🙂\u2028 and '.repeat(length / 16), noise(length).slice(0, length)])
      expect(await unpack(await pack({ attributes, text }))).toBe(text);
});

test('a small text is one that every earlier version can read, and theirs can be read', async () => {
  const text = `{"as":"${'it was '.repeat(200)}"}`;
  const { blob } = await pack({ attributes, text });
  expect(brotliDecompressSync(blob as Uint8Array).toString()).toBe(text);
  expect(await unpack({ ...attributes, blob: brotliCompressSync(text) })).toBe(text);
});
