import { dynamoStoredEvents } from '../../src/aws/stored-events';
import { dynamoWindowTable } from '../../src/aws/window-table';
import { limits } from '../../src/core/limits';
import { anEvent, aDetail, minute, noon } from '../factories';
import { emptiedTable } from './emptied-table';

const emptied = emptiedTable();

test('Of events that come again those that the table has are named, however many are asked for', async () => {
  const table = await emptied();
  const windows = dynamoWindowTable(table);
  const all = Array.from({ length: 130 }, (_, n) => anEvent({ at: minute(n), conversation: `c-${n % 3}` }));
  const stored = all.filter((_, n) => n % 2 === 0);
  for (let from = 0; from < stored.length; from += limits.writeBatch)
    await windows.writeEvents(
      stored.slice(from, from + limits.writeBatch).map((event) => ({ event, sentAtMs: noon })),
      noon + 1e9,
    );
  const there = await dynamoStoredEvents(table).thoseThere([...all, ...all.slice(0, 3)]);
  expect(new Set([...there].map(({ fingerprint }) => fingerprint))).toEqual(
    new Set(stored.map(({ fingerprint }) => fingerprint)),
  );
  expect(await dynamoStoredEvents(table).thoseThere([])).toEqual(new Set());
});

test('An event whose carrier named no organisation is the same fact, and an attached one is another item', async () => {
  const table = await emptied();
  const [bare, named] = [anEvent({ org: null }), anEvent()];
  const [reconstructed, attached] = [aDetail(), { ...aDetail(), attached: true } as const];
  await dynamoWindowTable(table).writeEvents(
    [bare, attached].map((event) => ({ event, sentAtMs: noon })),
    noon + 1e9,
  );
  const there = await dynamoStoredEvents(table).thoseThere([bare, named, reconstructed, attached]);
  expect(there).toEqual(new Set([bare, named, attached]));
});
