import { arrive } from '../../src/steps/arrive';
import { noise } from '../contract/samples';
import { feedMessage, minute, noon } from '../factories';
import { awaitOn, memoryOutside, messageOf, messagesOf, settings } from '../outside';
import { feedOf, sound, text, worldWith } from './buffer-world';

/* What several batches, admitted at the same time, have to do with each other: nothing that any of them could tell. */

test('batches that are admitted at the same time go together: one write, one read, one update of a head', async () => {
  const { admit, steps, eventsOf, table } = worldWith(sound);
  const admitted = await Promise.all([
    admit(messagesOf([feedOf('first')])),
    admit(messagesOf([feedOf('a')])),
    admit([messageOf(feedOf('a', 'customer.end', minute(1)), { id: 'message-2' })]),
  ]);
  expect(admitted).toEqual([['message-1'], ['message-1'], ['message-2']]);
  const count = (step: string): number => steps.filter((one) => one === step).length;
  expect([count('write 1'), count('write 2'), count('read 1'), count('create'), count('update')]).toEqual([1, 1, 2, 2, 0]);
  expect(await eventsOf('a')).toBe(2);
  // Only the second of them may end it.
  const head = table.heads().find(({ conversationId }) => conversationId === 'a');
  expect([head?.ending, head?.dueAt]).toEqual([noon, noon + settings.holdMs]);
});

test('a bad event that goes together with those of other batches fails none of them', async () => {
  const { admit, deadLetters, eventsOf } = worldWith(sound);
  const wrapUp = feedMessage({ conversation: 'bad', type: 'acw', body: { wrapupNotes: noise(700_000) } });
  const admitted = await Promise.all([
    admit(messagesOf([feedOf('first')])),
    admit([messageOf(text(wrapUp), { id: 'bad' })]),
    admit(messagesOf([feedOf('a'), feedOf('b')])),
  ]);
  expect(admitted).toEqual([['message-1'], ['bad'], ['message-1', 'message-2']]);
  expect(deadLetters.letters().map(({ letter }) => letter.message.id)).toEqual(['bad']);
  expect([await eventsOf('a'), await eventsOf('b'), await eventsOf('bad')]).toEqual([1, 1, 0]);
});

test('what the table leaves out of a write for several batches keeps only those to whom it belongs', async () => {
  const { admit } = worldWith((real) => ({
    writeEvents: async (batch, expiresAtMs) => {
      const left = batch.filter(({ event }) => event.conversationId === 'a');
      await real.writeEvents(
        batch.filter((one) => !left.includes(one)),
        expiresAtMs,
      );
      return left;
    },
  }));
  const all = [feedOf('first'), feedOf('a'), feedOf('b')].map((body) => admit(messagesOf([body])));
  expect(await Promise.all(all)).toEqual([['message-1'], [], ['message-1']]);
});

test('what is only attached shares no update with those beside it, and none that fails', async () => {
  const outside = memoryOutside();
  const table = { ...outside.table, updateHead: () => Promise.reject(new Error('throttled')) };
  const arriveAt = arrive({ ...outside, table }, settings);
  const heard: string[] = [];
  const ask = (conversationId: string, arrival: { readonly atMs: number; readonly mayEnd: boolean } | null) =>
    arriveAt(new Map([[conversationId, arrival && { conversationId, ...arrival }]]), () => heard.push(conversationId));
  const all = Promise.all([ask('first', null), ask('a', { atMs: noon, mayEnd: false }), ask('a', null)]);
  const attached = (await awaitOn(outside, all))[2];
  expect(attached).toEqual(new Map([['a', 'missing']]));
  // Each of its rounds, and none of the other's.
  expect(heard).toEqual(Array.from({ length: 8 }, () => 'a'));
});
