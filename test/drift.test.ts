import { type DriftSighting } from '../src/core/drift';
import { beyondPath, createDriftTally, rowsPerSubject } from '../src/core/drift-tally';
import type { Drift } from '../src/core/schema-registry';
import { silentLog } from '../src/log';
import { createPipeline } from '../src/pipeline';
import type { DriftStore, LogFields } from '../src/ports';
import { keepDrift } from '../src/worker/drift-keeper';
import { feedMessage, noon, second } from './factories';
import { memoryDriftStore } from './memory/drift-store';
import { memoryOutside, messageOf, settings } from './outside';

/* From an event that departs from the registry to the row that says so. */

const minutes = 60_000;
const start = 'v2.detail.events.conversation.customer.start';
const canary = 'canary-7f3a';

const aDrift = (changed: Partial<Drift> = {}): Drift => ({
  path: '$.novel',
  kind: 'unknown-field',
  example: '"x"',
  oldestVersion: null,
  ...changed,
});

/** The pipeline of a worker whose drift is kept, as the container wires it. */
const setUp = (wrap: (store: DriftStore) => DriftStore = (store) => store) => {
  const memory = memoryOutside();
  const store = memoryDriftStore();
  const said: { readonly message: string; readonly fields: LogFields | undefined }[] = [];
  const log = { ...silentLog, warn: (message: string, fields?: LogFields) => void said.push({ message, fields }) };
  const keeper = keepDrift({ store: wrap(store), clock: memory.clock, log }, settings.retentionMs);
  const pipeline = createPipeline({ ...memory, drift: keeper }, settings);
  const over = new AbortController();
  const running = keeper.run(over.signal);
  const admit = async (body: Record<string, unknown>, type = 'customer.start') => {
    const message = messageOf(JSON.stringify(feedMessage({ type, at: noon, body: body as never })));
    return (await pipeline.admit([message], 0)).length;
  };
  const end = async (): Promise<void> => {
    over.abort();
    await running;
  };
  return { ...memory, store, said, keeper, admit, end };
};

test('a departure shows in the store with its count, its times, a masked example and the oldest version that would do', async () => {
  const world = setUp();
  expect(await world.admit({ novel: canary, mediaType: 'HOLOGRAM' })).toBe(1);
  await world.clock.advance(5_000);
  expect(await world.admit({ novel: 'Jane Roe 7' })).toBe(1);
  await world.clock.advance(minutes);
  const times = { firstAtMs: noon, oldestVersion: null };
  expect(await world.store.list(start)).toEqual([
    { ...times, subject: start, path: '$.mediaType', kind: 'unknown-value', count: 1, lastAtMs: noon, example: '"HOLOGRAM"' },
    { ...times, subject: start, path: '$.novel', kind: 'unknown-field', count: 2, lastAtMs: second(5), example: '"Xxxx Xxx 0"' },
  ]);
  await world.end();
});

test('a departure is said once, by subject, path and kind, and never shows what stood there', async () => {
  const world = setUp();
  for (const type of ['customer.start', 'customer.start', 'customer.end']) await world.admit({ novel: canary }, type);
  await world.admit({ novel: canary, mediaType: 'HOLOGRAM' });
  await world.clock.advance(2 * minutes);
  await world.admit({ novel: canary });
  await world.end();
  expect(world.said.map(({ fields }) => `${String(fields?.['subject']).split('.').slice(-2).join('.')} ${String(fields?.['path'])}`)).toEqual(
    ['customer.start $.novel', 'customer.end $.novel', 'customer.start $.mediaType'],
  ); // prettier-ignore
  expect(JSON.stringify(world.said)).not.toMatch(/canary|xxxxxx|HOLOGRAM/);
});

test('what arrives as the registry says it makes neither a row nor a line', async () => {
  const world = setUp();
  await world.admit({});
  await world.clock.advance(2 * minutes);
  await world.end();
  expect([await world.store.list(start), world.said]).toEqual([[], []]);
});

test('the count of each event is metered as before', async () => {
  const world = setUp();
  await world.admit({ novel: 1, more: 2 });
  await world.end();
  expect(world.metrics.sum(`SchemaDrift ${start}`)).toBe(2);
});

test('an orderly stop adds what was seen since the last minute', async () => {
  const world = setUp();
  await world.admit({ novel: 1 });
  expect(await world.store.list(start)).toEqual([]);
  await world.end();
  expect(await world.store.list(start)).toMatchObject([{ path: '$.novel', count: 1 }]);
});

test('while the store is away admitting goes on and it is said once; what was seen is added when it is back, and once', async () => {
  const away = { is: true };
  const world = setUp((store) => ({
    ...store,
    add: (...args) => (away.is ? Promise.reject(new Error('the table is away')) : store.add(...args)),
  }));
  for (let minute = 0; minute < 5; minute++) {
    expect(await world.admit({ novel: minute, more: minute })).toBe(1);
    await world.clock.advance(minutes);
  }
  expect(world.said.filter(({ message }) => message.includes('could not be added'))).toHaveLength(1);
  away.is = false;
  await world.clock.advance(2 * minutes);
  expect(await world.store.list(start)).toMatchObject([
    { path: '$.more', count: 5, firstAtMs: noon, lastAtMs: noon + 4 * minutes },
    { path: '$.novel', count: 5, firstAtMs: noon, lastAtMs: noon + 4 * minutes },
  ]);
  await world.end();
});

test('a store that never answers holds nothing up', async () => {
  const world = setUp((store) => ({ ...store, add: () => new Promise(() => undefined) }));
  for (let minute = 0; minute < 3; minute++) {
    expect(await world.admit({ novel: minute })).toBe(1);
    await world.clock.advance(minutes);
  }
  expect(world.table.heads()).toHaveLength(1);
});

test('what is added keeps as long as other statistics', async () => {
  const expiries: number[] = [];
  const world = setUp((store) => ({ ...store, add: (sighting, expiresAtMs) => store.add(sighting, expiries.push(expiresAtMs)) }));
  await world.admit({ novel: 1 });
  await world.clock.advance(minutes);
  expect(expiries).toEqual([noon + minutes + settings.retentionMs]);
  await world.end();
});

describe('a sender that invents names', () => {
  const invented = (count: number, from = 0): readonly Drift[] =>
    Array.from({ length: count }, (_, at) => aDrift({ path: `$.field${String(from + at)}` }));

  test('makes so many rows of a subject, then one for all the rest', () => {
    const tally = createDriftTally();
    for (const drift of invented(10_000)) tally.count('a', drift, noon);
    const rows = tally.take();
    expect(rows).toHaveLength(rowsPerSubject + 1);
    expect(rows.at(-1)).toMatchObject({ path: beyondPath, kind: 'unknown-field', count: 10_000 - rowsPerSubject });
  });

  test('makes no more rows by and by, and those that were there go on counting', () => {
    const tally = createDriftTally();
    const rows = new Set<string>();
    for (let round = 0; round < 10; round++) {
      for (const drift of [...invented(100, round * 100), ...invented(1)]) tally.count('a', drift, noon + round);
      for (const { path } of tally.take()) rows.add(path);
    }
    expect(rows.size).toBe(rowsPerSubject + 1);
    expect(rows).toContain(beyondPath);
  });

  test('takes none from another subject', () => {
    const tally = createDriftTally();
    for (const drift of invented(1_000)) tally.count('a', drift, noon);
    expect(tally.count('b', aDrift(), noon)).toMatchObject({ subject: 'b', path: '$.novel' });
  });

  test('makes no more lines than rows', () => {
    const world = setUp();
    for (const drift of invented(10_000)) world.keeper.note('a', drift);
    expect(world.said).toHaveLength(rowsPerSubject + 1);
    expect(world.said.at(-1)?.fields).toMatchObject({ path: beyondPath });
  });
});

test('what is given back is not new, and adds to what was seen meanwhile', () => {
  const tally = createDriftTally();
  tally.count('a', aDrift({ example: '"first"' }), noon);
  const taken: readonly DriftSighting[] = tally.take();
  expect(tally.count('a', aDrift({ example: '"second"' }), noon + 1)).toBeNull();
  tally.giveBack(taken);
  expect(tally.take()).toEqual([
    { ...aDrift({ example: '"second"' }), subject: 'a', count: 2, firstAtMs: noon, lastAtMs: noon + 1 },
  ]);
  expect(tally.take()).toEqual([]);
});
