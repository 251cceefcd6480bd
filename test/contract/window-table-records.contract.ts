import { ItemRefusedError } from '../../src/core/errors';
import { type FailureNote, type StoredRecord } from '../../src/core/items';
import { limits } from '../../src/core/limits';
import type { WindowTable } from '../../src/ports';
import { noon } from '../factories';
import { aStoredRecord, freshConversation, noise, someEvents } from './samples';
import { expiresAtMs, readAll, type Subject } from './window-table-subject';

const [olderLife, life, newerLife] = ['0mjuohs000000001', '0mjuohs000000002', '0mjuohs000000003'] as const;

const putAll = async (table: WindowTable, records: readonly StoredRecord[]): Promise<void> => {
  for (const record of records) await table.putRecord(record, expiresAtMs);
};

/** Records, and the failure notes that have a partition of their own. */
export const windowRecordsContract = (subject: Subject): void => {
  const revisions = (conversationId: string, ofLife: string, numbers: readonly number[]): readonly StoredRecord[] =>
    numbers.map((revision) => aStoredRecord({ conversationId, life: ofLife, revision }));

  test('a record is put once: who comes second gets the one that is there, to the byte', async () => {
    const { table } = subject();
    const conversationId = freshConversation();
    const first = aStoredRecord({ conversationId, attributes: { '': 'ü 🙂 \u2028', n: [1, null] } });
    const second = aStoredRecord({ conversationId, status: 'partial' });
    expect(await table.putRecord(first, expiresAtMs)).toBe('put');
    expect(await table.putRecord(second, expiresAtMs)).toEqual(first);
    expect(await table.latestRecord(conversationId)).toEqual(first);
  });

  test('of several that put the same revision one does, and the others get its bytes', async () => {
    const { table } = subject();
    const conversationId = freshConversation();
    const candidates = ['a', 'b', 'c'].map((caller) => aStoredRecord({ conversationId, caller }));
    const answers = await Promise.all(candidates.map((record) => table.putRecord(record, expiresAtMs)));
    const winner = answers.indexOf('put');
    expect(answers.map((answer) => (answer === 'put' ? candidates[winner] : answer))).toEqual(
      candidates.map(() => candidates[winner]),
    );
    expect(answers.filter((answer) => answer === 'put')).toHaveLength(1);
  });

  test('a record that starts no execution comes back so', async () => {
    const { table } = subject();
    const { record, madeOf, outbox } = aStoredRecord({ conversationId: freshConversation() });
    const silent: StoredRecord = { record, madeOf: [], outbox: { execution: null, notification: outbox.notification } };
    await table.putRecord(silent, expiresAtMs);
    expect(await table.latestRecord(record.conversationId)).toEqual(silent);
    expect(madeOf).not.toEqual([]);
  });

  test('a record of 10,000 lifecycle entries is stored with what it sends', async () => {
    const { table } = subject();
    const lifecycle = Array.from({ length: 10_000 }, (_, n) => ({
      sequence: n + 1,
      timestamp: new Date(noon + n * 977).toISOString(),
      action: n % 3 === 0 ? 'acd.start' : 'user.end',
    }));
    const large = aStoredRecord({ conversationId: freshConversation(), lifecycle });
    expect(await table.putRecord(large, expiresAtMs)).toBe('put');
    expect(await table.latestRecord(large.record.conversationId)).toEqual(large);
  });

  test('a record over 400 KB is refused for good, and not stored', async () => {
    const { table } = subject();
    const conversationId = freshConversation();
    const tooLarge = aStoredRecord({ conversationId, attributes: { text: noise(limits.itemBytes) } });
    await expect(table.putRecord(tooLarge, expiresAtMs)).rejects.toThrow(ItemRefusedError);
    expect(await table.latestRecord(conversationId)).toBeNull();
  });

  test('a window shows its events, then the record after the last finished one, then that one, and no older ones', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const events = someEvents(conversation, 3);
    await table.writeEvents(events, expiresAtMs);
    const [, second, third] = revisions(conversation, life, [1, 2, 3]);
    await putAll(table, revisions(conversation, life, [1, 2, 3]));
    expect(await readAll(table, conversation, life, 2)).toEqual({ events, records: [third, second] });
    expect((await readAll(table, conversation, life, 3)).records).toEqual([third]);
  });

  test('a window that never finished shows record 1 if somebody put it', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    expect((await readAll(table, conversation, life, 0)).records).toEqual([]);
    await putAll(table, revisions(conversation, life, [1]));
    expect((await readAll(table, conversation, life, 0)).records).toEqual(revisions(conversation, life, [1]));
  });

  test('a window shows no records of another life, earlier or later', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const own = revisions(conversation, life, [2]);
    await putAll(table, [
      ...revisions(conversation, olderLife, [1, 2, 3]),
      ...own,
      ...revisions(conversation, newerLife, [1, 2]),
    ]);
    expect((await readAll(table, conversation, life, 2)).records).toEqual(own);
  });

  test('the latest record is the highest revision of the newest life', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    expect(await table.latestRecord(conversation)).toBeNull();
    await putAll(table, revisions(conversation, newerLife, [9, 10, 8]));
    await putAll(table, revisions(conversation, olderLife, [11]));
    expect(await table.latestRecord(conversation)).toEqual(
      aStoredRecord({ conversationId: conversation, life: newerLife, revision: 10 }),
    );
  });

  test('a failure note that is put twice is one note', async () => {
    const { table, failureNotes } = subject();
    const note = (atMs: number): FailureNote => ({
      bodySha256: 'b'.repeat(64),
      atMs,
      attributes: { 'tidemark-reason': 'invalid' },
    });
    for (const atMs of [noon, noon, noon + 1]) await table.putFailureNote(note(atMs), expiresAtMs);
    const notes = [...(await failureNotes())].sort((a, b) => a.atMs - b.atMs);
    expect(notes).toEqual([note(noon), note(noon + 1)]);
  });
};
