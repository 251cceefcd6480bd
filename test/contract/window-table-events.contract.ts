import { ItemRefusedError } from '../../src/core/errors';
import type { JsonObject } from '../../src/core/json';
import { limits } from '../../src/core/limits';
import { anEvent, minute, noon } from '../factories';
import { freshConversation, noise, someEvents, stored } from './samples';
import { expiresAtMs, readAll, readPages, type Subject } from './window-table-subject';

const noiseOf = (text: unknown): number => (typeof text === 'string' ? Buffer.from(text, 'base64').length : 0);

/** Writing events, and reading a window's events back. */
export const windowEventsContract = (subject: Subject): void => {
  test('an event comes back as it was written, with its queue time', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const body = JSON.parse(
      '{"__proto__":{"a":1},"":"empty key","ü":"\\u2028 é 🙂","deep":[[{"n":null}]],"n":-1.5e-7}',
    ) as JsonObject;
    const event = stored(anEvent({ conversation, body, participant: null, org: null }), noon + 7);
    expect(await table.writeEvents([event], expiresAtMs)).toEqual([]);
    const { events } = await readAll(table, conversation);
    expect(JSON.stringify(events)).toBe(JSON.stringify([event]));
  });

  test('an event keeps that it came out of the dead-letter queue, until it comes another way', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const event = anEvent({ conversation });
    const redriven = { ...stored(event, noon), redriven: true } as const;
    await table.writeEvents([redriven], expiresAtMs);
    expect((await readAll(table, conversation)).events).toEqual([redriven]);
    await table.writeEvents([stored(event, noon)], expiresAtMs);
    expect((await readAll(table, conversation)).events).toEqual([stored(event, noon)]);
  });

  test('an event that is written twice is one item, with the queue time of the later writing', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const event = anEvent({ conversation });
    await table.writeEvents([stored(event, noon)], expiresAtMs);
    await table.writeEvents([stored(event, noon + 5)], expiresAtMs);
    expect((await readAll(table, conversation)).events).toEqual([stored(event, noon + 5)]);
  });

  test('a batch may name an event twice', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const event = stored(anEvent({ conversation }));
    expect(await table.writeEvents([event, event], expiresAtMs)).toEqual([]);
    expect((await readAll(table, conversation)).events).toEqual([event]);
  });

  test("a batch of several conversations puts each event into its conversation's window, and into no other", async () => {
    const { table } = subject();
    const [first, second] = [freshConversation(), freshConversation()];
    const [ofFirst, ofSecond] = [someEvents(first, 2), someEvents(second, 1)];
    await table.writeEvents([...ofFirst, ...ofSecond], expiresAtMs);
    expect((await readAll(table, first)).events).toEqual(ofFirst);
    expect((await readAll(table, second)).events).toEqual(ofSecond);
  });

  test('events come back in the order of their keys, whatever order they were written in', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const early = stored(anEvent({ conversation, at: 5 }));
    const events = [early, ...someEvents(conversation, 11)];
    await table.writeEvents([...events].reverse(), expiresAtMs);
    expect((await readAll(table, conversation)).events).toEqual(events);
  });

  test('attached events come after those to reconstruct from, and are told from them', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const attached = stored({ ...anEvent({ conversation, at: 1 }), attached: true });
    const events = someEvents(conversation, 2);
    await table.writeEvents([attached, ...events], expiresAtMs);
    await table.writeEvents([attached], expiresAtMs);
    expect((await readAll(table, conversation)).events).toEqual([...events, attached]);
  });

  test('a window nobody wrote to has neither events nor records', async () => {
    expect(await readAll(subject().table, freshConversation())).toEqual({ events: [], records: [] });
  });

  test('nothing to write is written', async () => {
    expect(await subject().table.writeEvents([], expiresAtMs)).toEqual([]);
  });

  test('25 events are a batch; 26 are refused, and none of them is stored', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const events = someEvents(conversation, limits.writeBatch + 1);
    await expect(table.writeEvents(events, expiresAtMs)).rejects.toThrow('25');
    expect((await readAll(table, conversation)).events).toEqual([]);
    expect(await table.writeEvents(events.slice(1), expiresAtMs)).toEqual([]);
    expect((await readAll(table, conversation)).events).toEqual(events.slice(1));
  });

  test('an event over 400 KB is refused for good, and nothing of its batch is stored', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const tooLarge = stored(anEvent({ conversation, at: minute(9), body: { text: noise(limits.itemBytes) } }));
    const batch = [...someEvents(conversation, 2), tooLarge];
    await expect(table.writeEvents(batch, expiresAtMs)).rejects.toThrow(ItemRefusedError);
    expect((await readAll(table, conversation)).events).toEqual([]);
  });

  test('an event of 900 KB that repeats itself is stored', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const event = stored(anEvent({ conversation, body: { text: 'the same again, '.repeat(900 * 64) } }));
    expect(await table.writeEvents([event], expiresAtMs)).toEqual([]);
    expect((await readAll(table, conversation)).events).toEqual([event]);
  });

  test('a conversation id fills the 2,048 bytes of its key; a longer one is refused for good, with its batch', async () => {
    const { table } = subject();
    const longest = `${freshConversation()}-${'é'.repeat(1010)}`;
    const filled = longest + 'x'.repeat(limits.partitionKeyBytes - Buffer.byteLength(`C#${longest}`));
    const [fits, tooLong] = [someEvents(filled, 1), someEvents(`${filled}x`, 1)];
    await expect(table.writeEvents([...fits, ...tooLong], expiresAtMs)).rejects.toThrow(ItemRefusedError);
    expect((await readAll(table, filled)).events).toEqual([]);
    await table.writeEvents(fits, expiresAtMs);
    expect((await readAll(table, filled)).events).toEqual(fits);
  });

  test('long participant and session ids still make a key', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const event = stored(anEvent({ conversation, participant: 'p'.repeat(5000), session: '☎'.repeat(5000) }));
    await table.writeEvents([event], expiresAtMs);
    expect((await readAll(table, conversation)).events).toEqual([event]);
  });

  test('a large window comes in pages of at most 1 MB, in order, each event once', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const events = Array.from({ length: 12 }, (_, n) =>
      stored(anEvent({ conversation, at: minute(n), body: { text: noise(200_000, n) } })),
    );
    await table.writeEvents(events, expiresAtMs);
    const pages = await readPages(table, conversation);
    expect(pages.flatMap((page) => page.events)).toEqual(events);
    for (const page of pages) {
      const bytes = page.events.map(({ event }) => noiseOf(event.body['text'])).reduce((sum, size) => sum + size, 0);
      // DynamoDB ends a page with the item that fills it.
      expect(bytes).toBeLessThanOrEqual(limits.pageBytes + limits.itemBytes);
    }
  });
};
