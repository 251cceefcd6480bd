import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadWindowConfig } from '../src/config';
import { rejectionReasons } from '../src/core/rejection';
import { silentLog } from '../src/log';
import { replayLines } from '../src/replay';
import { admitAndClose, memoryOutside, registry } from './outside';
import { bodies } from './wrong-input/bodies';
import type { WrongInput } from './wrong-input/case';
import { envelopeGroups } from './wrong-input/envelopes';
import { feedGroups } from './wrong-input/feed';
import { wrappers } from './wrong-input/wrappers';

const groups = [bodies, wrappers, ...feedGroups, ...envelopeGroups];
const cases = groups.flatMap((group) => group.cases);

describe.each(groups)('$title', (group) => {
  test.each(group.cases)('$input', async (wrong) => {
    const outside = memoryOutside();
    const done = await admitAndClose(outside, wrong.bodies, { allowedSources: wrong.allowedSources ?? [] });
    const letters = outside.deadLetters.letters();
    expect(done).toHaveLength(wrong.bodies.length);
    expect(letters.map(({ letter }) => letter.rejection.reason)).toEqual(
      wrong.rejected === undefined ? [] : wrong.bodies.map(() => wrong.rejected),
    );
    expect(letters.map(({ body }) => body)).toEqual(wrong.rejected === undefined ? [] : wrong.bodies);
    expect(outside.table.records().map(({ record }) => record)).toMatchObject(wrong.records ?? []);
    expect(outside.table.records()).toHaveLength(wrong.records?.length ?? 0);
    expect(outside.metrics.sum('SchemaDrift')).toBe(wrong.drift ?? 0);
    expect(outside.table.heads().filter(({ state }) => state !== 'closed')).toEqual([]);
  });
});

test('replay says the same of every input that fits a line', async () => {
  const settings = loadWindowConfig({});
  const differing: string[] = [];
  const onOneLine = cases.filter((wrong) => wrong.bodies.every((body) => body.trim() !== '' && !/[\r\n]/.test(body)));
  expect(onOneLine.length).toBeGreaterThan(60);
  for (const { input, bodies: lines, rejected, records = [], allowedSources = [] } of onOneLine) {
    const options = { registry, settings: { ...settings, allowedSources }, byTime: false, shuffle: null, log: silentLog };
    const replayed = await replayLines(lines.join('\n'), options);
    const refused = replayed.rejections.filter(({ reason }) => reason === rejected).length;
    const isSame = refused === (rejected ? lines.length : 0) && replayed.records.length === records.length;
    if (!isSame) differing.push(input);
  }
  expect(differing).toEqual([]);
});

test('every reason to reject has an input that is rejected for it', () => {
  expect([...new Set(cases.flatMap(({ rejected }) => rejected ?? []))].sort()).toEqual([...rejectionReasons].sort());
});

test('no reason of a rejection, and no log line, holds a value of the message', async () => {
  const outside = memoryOutside();
  const canary = 'canary-5550100';
  const spoilt = feedGroups
    .flatMap((group) => group.cases)
    .filter(({ rejected }) => rejected === 'invalid')
    .flatMap((wrong) => wrong.bodies)
    .map((body) =>
      body.replace('"eventBody":{', () => `"eventBody":{"${canary}":"${canary}","ani":"${canary}","wrapupNotes":["${canary}"],`),
    );
  await admitAndClose(outside, [...spoilt, canary, `"${canary}"`]);
  const stories = outside.deadLetters.letters().map(({ attributes }) => JSON.stringify(attributes));
  expect(stories.length).toBeGreaterThan(10);
  expect(stories.filter((story) => story.includes(canary))).toEqual([]);
});

/*
 * docs/wrong-input.md has one table for each group. `UPDATE_DOCS=1 npx jest test/wrong-input.test.ts` writes them anew.
 */
const docs = path.join(__dirname, '..', 'docs', 'wrong-input.md');

const outcomeOf = ({ rejected, records = [], drift = 0 }: WrongInput): string =>
  [
    ...(rejected ? [`set aside: \`${rejected}\``] : []),
    ...[
      ...new Set(
        records.map(({ status, eventCount }) => `record: ${status}, ${String(eventCount)} event${eventCount > 1 ? 's' : ''}`),
      ),
    ],
    ...(drift > 0 ? [`drift: ${String(drift)}`] : []),
  ].join('; ');

const tablesOf = (): string =>
  groups
    .map(({ title, cases: rows }) => {
      const lines = rows.map((row) => `| ${row.input} | ${outcomeOf(row)} | ${row.why} |`);
      return [`## ${title}`, '', '| input | outcome | why |', '|---|---|---|', ...lines].join('\n');
    })
    .join('\n\n');

test('docs/wrong-input.md says which outcome each of them gets', () => {
  const mark = '<!-- From here on written by test/wrong-input.test.ts. -->';
  const written = readFileSync(docs, 'utf8');
  const wanted = `${written.slice(0, written.indexOf(mark))}${mark}\n\n${tablesOf()}\n`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(docs, wanted);
  else expect(written).toBe(wanted);
});
