import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exampleList } from '../src/core/cost/prices';
import { aRun } from './core/cost/samples';
import { runHere } from './run-here';

/* `tidemark cost`, as its user meets it: no AWS, no environment. */

const folder = mkdtempSync(path.join(tmpdir(), 'cost-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, content: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

interface Told {
  readonly plan: { readonly eventsPerMonth: number };
  readonly bills: readonly { readonly name: string; readonly perMillionUsd: number; readonly perMonthUsd: number }[];
}

const told = async (...args: readonly string[]): Promise<Told> => {
  const { code, stdout, stderr } = await runHere('cost', '--json', ...args);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Told;
};

test('tells a million events and a month beside what a function would cost, what was measured, and whose prices they are', async () => {
  const { code, stdout, stderr } = await runHere('cost', '--events-per-day', '1000000');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/units +Tidemark +a function per event +a function per end/);
  expect(stdout).toMatch(/DynamoDB +written to the table +[\d,]+ +[\d.]+\n/);
  expect(stdout).toMatch(/as above +30,416,667 events/);
  expect(stdout).toMatch(/Measured \d{4}-\d\d-\d\d with tidemark \S+, commit [0-9a-f]+/);
  expect(stdout).toContain('not checked with AWS');
});

test('another run and other prices are taken from files', async () => {
  const measured = fileOf('run.json', { reports: [{ measured: aRun }] });
  const free = Object.fromEntries(Object.keys(exampleList.prices).map((name) => [name, { usd: 0, per: 1 }]));
  const prices = fileOf('prices.json', { prices: { ...free, writeUnit: { usd: 2, per: 1_000_000 } } });
  const { bills } = await told('--measured', measured, '--prices', prices);
  // 1.5 million units of the table, half a million of its index, 2.1 million in real time; twice a hundred thousand heartbeats a month.
  expect(bills.map(({ perMillionUsd }) => perMillionUsd)).toEqual([8.2, 0, 0]);
  expect(bills[0]?.perMonthUsd).toBeCloseTo(8.2 + 2 * ((2 * 730 * 700) / 1_000_000));
});

test('conversations are as many events as were measured', async () => {
  const measured = fileOf('run.json', aRun);
  const { plan } = await told('--measured', measured, '--conversations-per-day', '24');
  expect(plan.eventsPerMonth).toBeCloseTo((24 * 10 * 730) / 24);
});

test('too few workers are told, and how many would do', async () => {
  const measured = fileOf('run.json', aRun);
  const { stdout } = await runHere('cost', '--measured', measured, '--events-per-day', '432000000', '--workers', '1');
  // Half a millisecond each, 5,000 a second: 2.5 cores, of which a worker of half a core takes 0.3 on average.
  expect(stdout).toContain('busy with 2.51 of 0.5 vCPUs');
  expect(stdout).toContain('give --workers at least 9');
});

test('the example of a price list is printed to be changed, and stands among the pages as it is printed', async () => {
  const { code, stdout } = await runHere('cost', '--print-prices');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(exampleList);
  expect(readFileSync(path.join(__dirname, '..', 'docs', 'prices.example.json'), 'utf8')).toBe(stdout);
  expect((await told('--prices', fileOf('printed.json', stdout))).bills).toHaveLength(3);
});

test('a file that cannot be used is the caller’s to mend, and all that is wrong with it is said', async () => {
  const missing = await runHere('cost', '--prices', path.join(folder, 'nowhere.json'));
  expect([missing.code, missing.stdout]).toEqual([2, '']);
  expect(missing.stderr).toContain('Expected a price list');
  const broken = await runHere('cost', '--prices', fileOf('broken.json', '{'));
  expect([broken.code, broken.stdout]).toEqual([2, '']);
  const half = await runHere('cost', '--prices', fileOf('half.json', { prices: { publish: 1, kittens: {} } }));
  expect(half.code).toBe(2);
  expect(half.stderr).toMatch(/busEvent: expected the price[\s\S]*publish: expected \{[\s\S]*kittens: expected one of/);
  const run = await runHere('cost', '--measured', fileOf('norun.json', {}));
  expect([run.code, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toContain('npm run bench -- cost --json');
});

test.each([
  ['--events-per-day', '0'],
  ['--events-per-day', '1.5'],
  ['--workers', 'many'],
  ['--task-vcpus', '0'],
])('%s %s is wrong usage', async (...args) => {
  const { code, stdout, stderr } = await runHere('cost', ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Expected a');
});

test('events and conversations are not counted both', async () => {
  const { code, stderr } = await runHere('cost', '--events-per-day', '1', '--conversations-per-day', '1');
  expect(code).toBe(2);
  expect(stderr).toContain('cannot be used with');
});
