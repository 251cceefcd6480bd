import fc from 'fast-check';
import { limits } from '../../src/core/limits';
import type { StoredEvent } from '../../src/core/items';
import { memoryWindowTable } from '../../src/memory/window-table';
import { eventItem, recordItem } from '../../src/table/item-codec';
import { assertItemAllowed } from '../../src/table/item-limits';
import { anEvent, noon } from '../factories';
import { aStoredRecord, noise, stored } from '../contract/samples';

const ofSize = (bytes: number): StoredEvent => stored(anEvent({ body: { text: noise(bytes).slice(0, bytes) } }));

const outcomeOf = (action: () => unknown): Promise<string> =>
  Promise.resolve()
    .then(action)
    .then(
      () => 'taken',
      (error: unknown) => (error as Error).name,
    );

const onDynamo = (event: StoredEvent): Promise<string> => outcomeOf(async () => assertItemAllowed(await eventItem(event, noon)));
const inMemory = (event: StoredEvent): Promise<string> => outcomeOf(() => memoryWindowTable().writeEvents([event], noon));

/** Of events that grow, the largest that is taken; noise compresses to three quarters. */
const largestTaken = async (taken: (event: StoredEvent) => Promise<string>): Promise<number> => {
  let [fits, tooLarge] = [0, 2 * limits.itemBytes];
  while (tooLarge - fits > 1) {
    const bytes = Math.floor((fits + tooLarge) / 2);
    if ((await taken(ofSize(bytes))) === 'taken') fits = bytes;
    else tooLarge = bytes;
  }
  return fits;
};

test('to the byte, the table in memory refuses the events that DynamoDB refuses', async () => {
  const largest = await largestTaken(onDynamo);
  expect(largest).toBeGreaterThan(limits.itemBytes);
  for (const bytes of [largest - 1, largest, largest + 1, largest + 2])
    expect(`${String(bytes)} ${await inMemory(ofSize(bytes))}`).toBe(`${String(bytes)} ${await onDynamo(ofSize(bytes))}`);
});

test('both agree about ids of any length and letters', async () => {
  const lengths = fc.oneof(fc.nat(20), fc.integer({ min: 2_030, max: 2_060 }), fc.integer({ min: 600, max: 1_100 }));
  const ids = fc.tuple(fc.constantFrom('a', 'é', '🙂', '\u0000'), lengths).map(([letter, length]) => letter.repeat(length + 1));
  await fc.assert(
    fc.asyncProperty(ids, ids, async (conversation, participant) => {
      const event = stored(anEvent({ conversation, participant, session: participant }));
      expect(await inMemory(event)).toBe(await onDynamo(event));
    }),
  );
});

test('a record is refused by both for the same sizes', async () => {
  const outcomes = async (bytes: number): Promise<readonly string[]> => {
    const record = aStoredRecord({ attributes: { text: noise(bytes) } });
    return [
      await outcomeOf(() => memoryWindowTable().putRecord(record, noon)),
      await outcomeOf(async () => assertItemAllowed(await recordItem(record, noon))),
    ];
  };
  expect(await outcomes(300_000)).toEqual(['taken', 'taken']);
  expect(await outcomes(420_000)).toEqual(['ItemRefusedError', 'ItemRefusedError']);
});

test('text is smaller compressed, whatever its letters: what fits as it is fits', async () => {
  const letters = [
    noise(20_000),
    String.fromCodePoint(...Buffer.from(noise(6_000)).map((byte) => byte & 127)),
    '\u07ff\u0080'.repeat(3_000),
  ];
  for (const text of letters) {
    const { blob } = await eventItem(stored(anEvent({ body: { text } })), noon);
    expect((blob as Uint8Array).byteLength).toBeLessThan(Buffer.byteLength(text));
  }
});
