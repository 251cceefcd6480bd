import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordColumns } from '../../../infra/warehouse/record-columns';
import type { JsonObject } from '../../../src/core/json';
import { deliveredHistories, readRecord } from './published-records';
import { query, type Line, type Row } from './record-rows';

/* The file that the view is made of, run over what workers published. */

const sql = readFileSync(join(__dirname, '../../../infra/warehouse/latest-revision.sql'), 'utf8');
const columns = recordColumns();
const latest = (lines: readonly Line[]) => query(sql, columns, lines);

const numberOf = (record: JsonObject): number => Number(record['revision']);
const textOf = (record: JsonObject, field: string): string => JSON.stringify(record[field]);

/** By the rule for subscribers: drop what was seen; of one conversation keep the highest life, then the highest revision. */
const kept = (records: readonly JsonObject[]): ReadonlyMap<string, JsonObject> => {
  const highest = new Map<string, JsonObject>();
  for (const record of records) {
    const id = textOf(record, 'conversationId');
    const known = highest.get(id);
    const [life, knownLife] = [textOf(record, 'life'), known ? textOf(known, 'life') : ''];
    if (!known || life > knownLife || (life === knownLife && numberOf(record) > numberOf(known))) highest.set(id, record);
  }
  return highest;
};

const said = ({ conversationid, life, revision, pane, status, contenthash, metrics }: Row) => ({
  conversationid,
  life,
  revision,
  pane,
  status,
  contenthash,
  metrics,
});
const expected = ({ conversationId, life, revision, pane, status, contentHash, metrics }: JsonObject) => ({
  conversationid: conversationId,
  life,
  revision,
  pane,
  status,
  contenthash: contentHash,
  metrics: JSON.stringify(metrics),
});
const byId = <T extends { readonly conversationid?: unknown }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => (String(a.conversationid) < String(b.conversationid) ? -1 : 1));

let histories: readonly (readonly JsonObject[])[];
beforeAll(async () => {
  histories = (await deliveredHistories()).map((history) => history.map(readRecord));
});

const linesOf = (records: readonly JsonObject[]): readonly Line[] =>
  records.map((record, index) => ({ record, dt: `2026-03-0${1 + (index % 3)}` }));

test('each conversation is there once, as its highest revision says it, whatever came twice, early, late or out of order', async () => {
  for (const records of histories) {
    const { rows } = await latest(linesOf(records));
    expect(byId(rows.map(said))).toEqual(byId([...kept(records).values()].map(expected)));
  }
});

test('what it was tried on has all that it must cope with', () => {
  const all = histories.flat();
  const keyOf = (record: JsonObject): string =>
    ['conversationId', 'life', 'revision'].map((field) => textOf(record, field)).join();
  expect(new Set(all.map(({ pane }) => pane))).toEqual(new Set(['early', 'on_time', 'late']));
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['partial', 'final']));
  expect(histories.every((records) => new Set(records.map(keyOf)).size < records.length)).toBe(true);
  const superseded = histories.flatMap((records) => {
    const winners = new Set([...kept(records).values()].map(keyOf));
    return records.filter((record) => !winners.has(keyOf(record)));
  });
  expect(superseded.length).toBeGreaterThan(5);
});

test('a conversation that came back after retention is there with its last life, and says how many it had before', async () => {
  let cameBack = 0;
  for (const records of histories) {
    const { rows } = await latest(linesOf(records));
    for (const { conversationid, earlierlives } of rows) {
      const own = records.filter((record) => record['conversationId'] === conversationid);
      const lives = new Set(own.map((record) => textOf(record, 'life')));
      expect(earlierlives).toBe(lives.size - 1);
      cameBack += lives.size - 1;
    }
  }
  expect(cameBack).toBeGreaterThan(0);
});

const record = (life: string, revision: number, more: JsonObject = {}): JsonObject => ({
  conversationId: 'c-1',
  life,
  revision,
  pane: 'late',
  status: 'final',
  ...more,
});
const line = (dt: string, of: JsonObject | null): Line => ({ dt, record: of });

test('revisions are numbers: the tenth is higher than the ninth', async () => {
  const { rows } = await latest([line('2026-03-01', record('a', 10)), line('2026-03-02', record('a', 9))]);
  expect(rows.map(({ revision }) => revision)).toEqual([10]);
});

test('a life is higher than any revision of the one before', async () => {
  const { rows } = await latest([line('2026-03-01', record('a', 7)), line('2026-08-01', record('b', 1))]);
  expect(rows).toMatchObject([{ life: 'b', revision: 1, earlierlives: 1 }]);
});

test('a partial record that comes after the final one it precedes changes nothing', async () => {
  const early = record('a', 1, { pane: 'early', status: 'partial' });
  const { rows } = await latest([line('2026-03-01', record('a', 2)), line('2026-03-04', early)]);
  expect(rows).toMatchObject([{ revision: 2, status: 'final' }]);
});

test('a revision that was delivered again on another day keeps the day on which it came first', async () => {
  const { rows } = await latest([line('2026-03-09', record('a', 1)), line('2026-03-02', record('a', 1))]);
  expect(rows).toMatchObject([{ dt: '2026-03-02' }]);
});

test('an empty line is no conversation', async () => {
  const { rows } = await latest([line('2026-03-01', null), line('2026-03-01', record('a', 1)), line('2026-03-01', null)]);
  expect(rows).toHaveLength(1);
});

test('the view has each field of a record, in order; whoever adds one to the record adds it to the view', async () => {
  const { columns: selected } = await latest([]);
  expect(selected).toEqual([...columns.map(({ name }) => name), 'dt', 'earlierlives']);
});
