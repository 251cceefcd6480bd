import { BatchWriteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { countedBy } from '../../localstack/bench/backend/control';
import { findDue } from '../../localstack/bench/closing/due';
import { closeBare } from '../../localstack/bench/closing/floor';
import { closingGate } from '../../localstack/bench/closing/gate';
import { requestsNote, rowOf } from '../../localstack/bench/closing/report';
import { placeOf } from '../../localstack/bench/intake/place';
import type { Reading } from '../../localstack/bench/reading';
import { environmentOf } from '../../localstack/bench/worker/place';
import { openBackend } from './a-backend';

const TableName = 'bench';
const head = { pk: { S: 'C#one' }, sk: { S: 'W' } };

const opened: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

const aPlace = async () => {
  const backend = await openBackend();
  const before = { ...process.env };
  // The SDK's own business: it looks there for region, endpoint and credentials.
  Object.assign(process.env, environmentOf(backend.url));
  const place = placeOf(process.env);
  opened.push(backend.close, () => {
    place.dynamo.destroy();
    place.sfn.destroy();
    process.env = before;
  });
  return { backend, place };
};

test('the bare requests of a close are the least that the notes say: six, and a question to Genesys; two writes, three of the index, a record', async () => {
  const { backend, place } = await aPlace();
  const open = { ...head, state: { S: 'open' }, dueOn: { S: 'Q#003' }, dueAt: { N: '5' } };
  const event = { pk: head.pk, sk: { S: 'E#1' }, json: { S: '{"type":"user.end"}' } };
  const puts = [open, event].map((Item) => ({ PutRequest: { Item } }));
  await backend.dynamo.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
  const due = await findDue(place);
  expect(due).toEqual([{ pk: 'C#one', dueOn: 'Q#003', dueAt: '5' }]);
  const before = await countedBy(backend.url);
  await closeBare(place)(due);
  const after = await countedBy(backend.url);
  const made = Object.entries(after.calls).map(([name, count]) => [name, count - (before.calls[name] ?? 0)] as const);
  expect(Object.fromEntries(made.filter(([, count]) => count > 0))).toEqual({
    ...{ UpdateItem: 2, Query: 1, PutItem: 1, StartExecution: 1, Publish: 1 },
    'genesys details': 1,
  });
  const { write, indexWrite } = after.units;
  expect([write - before.units.write, indexWrite - before.units.indexWrite]).toEqual([2 + 1, 3]);
  const { Item: closed } = await backend.dynamo.send(new GetItemCommand({ TableName, Key: head }));
  expect(closed).toMatchObject({ state: { S: 'closed' } });
  expect(await findDue(place)).toEqual([]);
});

test('while the gate is shut nothing is due for anybody', async () => {
  const { backend, place } = await aPlace();
  const gate = closingGate(backend.url);
  const open = { ...head, dueOn: { S: 'Q#003' }, dueAt: { N: '5' } };
  await backend.dynamo.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: open } }] } }));
  await gate.shut();
  expect(await findDue(place)).toEqual([]);
  await gate.open();
  expect(await findDue(place)).toHaveLength(1);
});

test('a report tells Genesys’s requests by the thousand, and which requests there were', () => {
  const calm = { cpuMs: 100, demand: 0, waited: 0, peakRssBytes: 0 };
  const reading: Reading = {
    ...{ wallMs: 1_000, done: 100, answers: {}, subject: calm, generator: null, backend: calm },
    calls: { 'genesys details': 2, UpdateItem: 200 },
    units: { write: 300, indexWrite: 300, read: 100 },
  };
  const readings = new Map([['a', [reading]]]);
  expect(rowOf(readings, 'a', 'a').cells).toMatchObject({
    ...{ 'Genesys / 1,000': { value: 20 }, 'write units': { value: 6 }, 'CPU µs': { value: 1_000 } },
    'CPU × floor': { value: 1 },
  });
  expect(requestsNote(readings, 'a')).toContain('genesys details 0.02, UpdateItem 2.00');
});
