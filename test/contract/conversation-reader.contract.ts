import type { WindowTable } from '../../src/ports';
import type { ConversationReader } from '../../src/ports-conversation';
import { anEvent } from '../factories';
import { aHead, aStoredRecord, freshConversation, noise, someEvents, stored } from './samples';
import { expiresAtMs } from './window-table-subject';

/** A table to write to, and a reader of what was written. */
interface ConversationReaderSubject {
  readonly table: WindowTable;
  readonly reader: ConversationReader;
}

const [older, newer] = ['0mjuohs000000001', '0mjuohs000000002'] as const;

export const conversationReaderContract = (name: string, open: () => Promise<ConversationReaderSubject>): void => {
  describe(`conversation reader: ${name}`, () => {
    let subject: ConversationReaderSubject;
    beforeAll(async () => {
      subject = await open();
    });

    test('of a conversation that nobody knows there is nothing', async () => {
      const conversationId = freshConversation();
      const nothing = { conversationId, events: [], records: [], head: null, guard: null };
      expect(await subject.reader.read(conversationId)).toEqual(nothing);
    });

    test('all events, attached ones, the head and the records of all lives are read, in order', async () => {
      const { table, reader } = subject;
      const conversationId = freshConversation();
      const events = someEvents(conversationId, 3);
      const attached = stored({ ...anEvent({ conversation: conversationId }), attached: true });
      await table.writeEvents([...events].reverse().concat(attached), expiresAtMs);
      const records = ([[older, 1], [older, 2], [newer, 1]] as const).map(([life, revision]) => aStoredRecord({ conversationId, life, revision })); // prettier-ignore
      for (const record of [...records].reverse()) await table.putRecord(record, expiresAtMs);
      await table.updateHead({ conversationId, expect: 'missing', set: aHead({ life: newer }), expiresAtMs });
      await table.writeEvents(someEvents(freshConversation(), 2), expiresAtMs);
      const read = await reader.read(conversationId);
      expect(read).toMatchObject({ conversationId, head: { life: newer, conversationId }, guard: null });
      expect(read.events).toEqual([...events, attached]);
      expect(read.records).toEqual(records);
    });

    test('more than one page is read whole', async () => {
      const { table, reader } = subject;
      const conversationId = freshConversation();
      const large = someEvents(conversationId, 9).map(({ event, sentAtMs }, n) =>
        stored({ ...event, body: { text: noise(150_000, n) } }, sentAtMs),
      );
      for (const one of large) await table.writeEvents([one], expiresAtMs);
      expect((await reader.read(conversationId)).events).toEqual(large);
    });
  });
};
