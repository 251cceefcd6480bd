import { limits } from '../../src/core/limits';
import type { Message } from '../../src/ports';
import { noise } from '../contract/samples';
import { detailEnvelope, feedMessage, minute } from '../factories';
import { messageOf, messagesOf, settings } from '../outside';
import { feedOf, sound, text, worldWith } from './buffer-world';

/** One message each, of conversations c-0, c-1, … */
const messagesFor = (count: number): readonly Message[] =>
  messagesOf(Array.from({ length: count }, (_, n) => feedOf(`c-${String(n)}`)));
const idsOf = (messages: readonly Message[]): readonly string[] => messages.map(({ id }) => id);

/** The first `times` calls fail as a throttled or unreachable table does. */
const failing = (times: number) => {
  let calls = 0;
  return (): void => {
    if (calls++ < times) throw new Error('the table does not answer');
  };
};

test('events are stored before any head is read', async () => {
  const { admit, steps } = worldWith(sound);
  await admit(messagesFor(2));
  expect(steps).toEqual(['write 2', 'read 2', 'create', 'create']);
});

test('no call holds more than DynamoDB takes', async () => {
  const { admit, steps, table } = worldWith(sound);
  const messages = messagesFor(130);
  expect(await admit(messages)).toEqual(idsOf(messages));
  const sizes = (kind: string) => steps.filter((step) => step.startsWith(kind)).map((step) => Number(step.split(' ')[1]));
  expect(Math.max(...sizes('write'))).toBe(limits.writeBatch);
  expect(Math.max(...sizes('read'))).toBe(limits.readBatch);
  expect(table.heads()).toHaveLength(130);
});

test('the same event from several messages of a batch is one item, and all of them are done', async () => {
  const { admit, steps, eventsOf } = worldWith(sound);
  expect(await admit(messagesOf([feedOf('a'), feedOf('a'), feedOf('a')]))).toHaveLength(3);
  expect(steps).toEqual(['write 1', 'read 1', 'create']);
  expect(await eventsOf('a')).toBe(1);
});

test('what the table leaves unprocessed is sent again until it is stored', async () => {
  const { admit, steps, table } = worldWith((real) => ({
    writeEvents: async (batch, expiresAtMs) => {
      await real.writeEvents(batch.slice(0, 4), expiresAtMs);
      return batch.slice(4);
    },
  }));
  const messages = messagesFor(10);
  expect(await admit(messages)).toEqual(idsOf(messages));
  expect(steps.filter((step) => step.startsWith('write'))).toEqual(['write 10', 'write 6', 'write 2']);
  expect(table.heads()).toHaveLength(10);
});

test('a write that fails is tried again', async () => {
  const fail = failing(3);
  const { admit } = worldWith((real) => ({
    writeEvents: async (batch, expiresAtMs) => {
      fail();
      return real.writeEvents(batch, expiresAtMs);
    },
  }));
  expect(await admit(messagesFor(2))).toHaveLength(2);
});

test('of a refused batch the one bad event is set aside, and its neighbours are stored', async () => {
  const { admit, deadLetters, table, steps } = worldWith(sound);
  const wrapUp = feedMessage({ conversation: 'bad', type: 'acw', body: { wrapupNotes: noise(700_000) } });
  const messages = messagesOf([...Array.from({ length: 12 }, (_, n) => feedOf(`c-${String(n)}`)), text(wrapUp)]);
  expect(await admit(messages)).toEqual(idsOf(messages));
  expect(deadLetters.letters().map(({ letter }) => [letter.message.id, letter.rejection.reason])).toEqual([
    ['message-13', 'too-large'],
  ]);
  expect(table.heads()).toHaveLength(12);
  // Halved until it is alone: 13, 7 + 6, 3 + 3, 2 + 1, …
  expect(steps.filter((step) => step.startsWith('write')).length).toBeLessThan(12);
});

test('a message is done only when all its events are stored; its neighbours do not wait', async () => {
  const { admit, deadLetters } = worldWith((real) => ({
    writeEvents: async (batch, expiresAtMs) => {
      const taken = batch.filter(({ event }) => event.sequence !== 2);
      await real.writeEvents(taken, expiresAtMs);
      return batch.filter((one) => !taken.includes(one));
    },
  }));
  const two = text(detailEnvelope([{ sequence: 1 }, { sequence: 2 }], { conversation: 'two' }));
  const one = text(detailEnvelope([{ sequence: 1 }], { conversation: 'one' }));
  expect(await admit(messagesOf([two, one]))).toEqual(['message-2']);
  expect(deadLetters.letters()).toEqual([]);
});

test('a head that is unprocessed is asked again, and never taken for missing', async () => {
  let isHidden = false;
  const { admit, steps, table } = worldWith((real) => ({
    readHeads: (ids) => {
      const hide = isHidden;
      isHidden = false;
      return hide ? Promise.resolve({ heads: new Map(), unprocessed: ids }) : real.readHeads(ids);
    },
  }));
  await admit(messagesOf([feedOf('a')]));
  const before = table.heads();
  isHidden = true;
  steps.length = 0;
  expect(await admit(messagesOf([feedOf('a', 'attributes', minute(1))]))).toHaveLength(1);
  expect(steps).toEqual(['write 1', 'read 1', 'read 1']);
  expect(table.heads()).toEqual(before);
});

test('a lost race reads again, and applies to what is there then', async () => {
  let rival: string | null = 'rival';
  const { admit, steps, table } = worldWith((real) => ({
    updateHead: async (update) => {
      if (rival === null || update.expect !== 'missing') return real.updateHead(update);
      await real.updateHead({ ...update, set: { ...update.set, life: rival } });
      rival = null;
      return real.updateHead(update);
    },
  }));
  expect(await admit(messagesOf([feedOf('a')]))).toHaveLength(1);
  expect(steps).toEqual(['write 1', 'read 1', 'create', 'read 1']);
  expect(table.heads().map(({ life }) => life)).toEqual(['rival']);
});

test('a message whose head does not answer is kept, though its event is stored', async () => {
  const { admit, eventsOf, deadLetters } = worldWith((real) => ({
    readHeads: (ids) => (ids.includes('a') ? Promise.reject(new Error('no answer')) : real.readHeads(ids)),
  }));
  expect(await admit(messagesOf([feedOf('a')]))).toEqual([]);
  expect([await eventsOf('a'), deadLetters.letters()]).toEqual([1, []]);
});

test('one head that fails for ever does not hold up the others', async () => {
  const { admit } = worldWith((real) => ({
    updateHead: (update) => (update.conversationId === 'c-1' ? Promise.reject(new Error('no answer')) : real.updateHead(update)),
  }));
  expect(await admit(messagesFor(3))).toEqual(['message-1', 'message-3']);
});

test('an outage of the table keeps every message and sets none aside, not even one with a bad entry', async () => {
  const down = (): never => {
    throw new Error('the table does not answer');
  };
  const { admit, deadLetters, metrics } = worldWith(() => ({
    writeEvents: () => Promise.resolve().then(down),
    readHeads: () => Promise.resolve().then(down),
    updateHead: () => Promise.resolve().then(down),
  }));
  const halfBad = text(detailEnvelope([{ sequence: 1 }, { name: 'brand:new', sequence: 2 }]));
  expect(await admit([...messagesFor(3), messageOf(halfBad, { id: 'half-bad' })])).toEqual([]);
  expect(deadLetters.letters()).toEqual([]);
  expect(metrics.sum('MessagesKept')).toBe(4);
});

test('what was kept is admitted when it comes again, and then changes nothing a third time', async () => {
  const fail = failing(8);
  const { admit, table, eventsOf } = worldWith((real) => ({
    writeEvents: async (batch, expiresAtMs) => {
      fail();
      return real.writeEvents(batch, expiresAtMs);
    },
  }));
  const messages = messagesOf([feedOf('a')]);
  expect(await admit(messages)).toEqual([]);
  expect(await admit(messages)).toEqual(['message-1']);
  const heads = table.heads();
  expect(await admit(messages)).toEqual(['message-1']);
  expect([table.heads(), await eventsOf('a')]).toEqual([heads, 1]);
});

test('a message behind the watermark counts as sent at it', async () => {
  const { admit, table } = worldWith(sound);
  await admit([messageOf(feedOf('old', 'customer.end'))], minute(20));
  await admit([messageOf(feedOf('new', 'customer.end'), { sentAtMs: minute(30) })], minute(20));
  expect(table.heads().map(({ conversationId, dueAt }) => [conversationId, dueAt])).toEqual([
    ['new', minute(30) + settings.holdMs],
    ['old', minute(20) + settings.holdMs],
  ]);
});
