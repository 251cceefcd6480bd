import { dynamoFailureNotes } from '../../src/aws/failure-notes';
import { dynamoWindowTable } from '../../src/aws/window-table';
import { noon } from '../factories';
import { emptiedTable } from './emptied-table';
import { expiresAtMs } from './window-table-subject';

const emptied = emptiedTable();

const noteOf = (bodySha256: string, atMs: number, detail: string) => ({
  bodySha256,
  atMs,
  attributes: { 'tidemark-detail': detail },
});

test('The notes of a body are read newest first, and those of another are not among them', async () => {
  const table = await emptied();
  const { putFailureNote } = dynamoWindowTable(table);
  const notes = [noteOf('aa', noon, 'first'), noteOf('aa', noon + 1, 'second'), noteOf('ab', noon + 2, 'of another')];
  for (const note of notes) await putFailureNote(note, expiresAtMs);
  const read = dynamoFailureNotes(table);
  expect(await read.of('aa')).toEqual([notes[1], notes[0]]);
  expect(await read.of('a')).toEqual([]);
});
