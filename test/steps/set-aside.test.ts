import { createHash } from 'node:crypto';
import { limits } from '../../src/core/limits';
import { deadLetterAttributes as names } from '../../src/core/rejection';
import { createPipeline } from '../../src/pipeline';
import type { Log } from '../../src/ports';
import type { Outside } from '../../src/steps/outside';
import { detailEnvelope, minute, noon } from '../factories';
import { awaitOn, memoryOutside, messageOf, type MemoryOutside, settings } from '../outside';

const admit = async (outside: Outside & Pick<MemoryOutside, 'clock'>, body: string): Promise<number> => {
  const message = messageOf(body, { id: 'message-7', sentAtMs: minute(-1), receiveCount: 3 });
  return (await awaitOn(outside, createPipeline(outside, settings).admit([message], 0))).length;
};

const outage = (): Promise<never> => Promise.reject(new Error('does not answer'));

test('a dead letter is the message to the byte, with its whole story', async () => {
  const outside = memoryOutside();
  const body = '\ufeff \u0000"é🙂\u2028\r\n\t{{{';
  expect(await admit(outside, body)).toBe(1);
  expect(outside.deadLetters.letters().map(({ body: kept, attributes }) => [kept, attributes])).toEqual([
    [
      body,
      {
        [names.reason]: 'not-json',
        [names.detail]: `Expected the message body to be JSON, got ${String(Buffer.byteLength(body))} bytes that are not.`,
        [names.step]: 'receive',
        [names.at]: new Date(noon).toISOString(),
        [names.receiveCount]: '3',
        [names.sentAt]: new Date(minute(-1)).toISOString(),
        [names.messageId]: 'message-7',
        [names.by]: 'tidemark/test',
      },
    ],
  ]);
  expect(outside.metrics.sum('MessagesRejected not-json')).toBe(1);
  expect(outside.table.failureNotes()).toEqual([]);
});

test('a body that leaves its story no room is set aside bare, and a note in the table tells the story', async () => {
  const outside = memoryOutside();
  const body = 'x'.repeat(limits.messageBytes);
  expect(await admit(outside, body)).toBe(1);
  expect(outside.deadLetters.letters().map(({ body: kept, attributes }) => [kept === body, attributes])).toEqual([[true, {}]]);
  const [note, ...others] = outside.table.failureNotes();
  expect(others).toEqual([]);
  expect(note).toMatchObject({
    bodySha256: createHash('sha256').update(body).digest('hex'),
    atMs: noon,
    attributes: { [names.reason]: 'not-json', [names.messageId]: 'message-7' },
  });
});

test('while the dead-letter queue is down a refused message is kept, and set aside once when it is back', async () => {
  const outside = memoryOutside();
  const body = JSON.stringify(detailEnvelope([{ sequence: 1 }, { name: 'brand:new', sequence: 2 }]));
  expect(await admit({ ...outside, deadLetters: { setAside: outage } }, body)).toBe(0);
  expect(outside.metrics.sum('MessagesRejected')).toBe(0);
  // Its good entry is stored meanwhile: that may happen twice.
  expect(outside.table.heads()).toHaveLength(1);
  expect(await admit(outside, body)).toBe(1);
  expect(outside.deadLetters.letters()).toHaveLength(1);
});

test('where the note cannot be written, the message is kept rather than set aside without its story', async () => {
  const outside = memoryOutside();
  const table = { ...outside.table, putFailureNote: outage };
  expect(await admit({ ...outside, table }, 'x'.repeat(limits.messageBytes))).toBe(0);
  expect(outside.deadLetters.letters()).toEqual([]);
});

test('the log line names reason, path and types, and nothing of the message', async () => {
  const lines: string[] = [];
  const note = (message: string, fields?: object): void => void lines.push(JSON.stringify({ message, ...fields }));
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const body = JSON.stringify({ ...detailEnvelope([{ name: '+1 555 0100' }]), createdTimestamp: '+1 555 0100' });
  await admit({ ...memoryOutside(), log }, body);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('$.createdTimestamp');
  expect(lines[0]).toContain('invalid');
  expect(lines[0]).not.toContain('555');
});
