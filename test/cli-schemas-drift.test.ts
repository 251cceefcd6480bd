import { dynamoDriftStore } from '../src/aws/drift-store';
import type { DriftSighting } from '../src/core/drift';
import { beyondPath } from '../src/core/drift-tally';
import { noon, second } from './factories';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

/* `tidemark schemas drift`, as its user meets it, over a table. */

const { aws, use } = tableForCommands();

const end = 'v2.detail.events.conversation.customer.end';

const seen = async (sighting: Partial<DriftSighting>): Promise<void> => {
  const store = dynamoDriftStore({ dynamo: aws().clients.dynamo, tableName: aws().names.tableName });
  await store.add(
    {
      ...{ subject: end, path: '$.disconnectType', kind: 'unknown-value', count: 12, firstAtMs: noon, lastAtMs: second(30) },
      ...{ oldestVersion: 3, example: '"TELEPORT"', ...sighting },
    },
    Date.now() + 86_400_000,
  );
};

test('an empty table is no failure: there is no drift', async () => {
  use();
  expect(await runHere('schemas', 'drift')).toEqual({
    code: 0,
    stdout: 'No drift: what arrived within the retention is as the newest schemas say.\n',
    stderr: '',
  });
  expect(JSON.parse((await runHere('schemas', 'drift', '--json')).stdout)).toEqual({ drift: [] });
});

test('lists what drifts, of events and of what carries them, what was seen last first', async () => {
  use();
  await seen({});
  await seen({ path: '$.novel', kind: 'unknown-field', oldestVersion: null, lastAtMs: second(40), example: '{2 fields}' });
  await seen({
    subject: 'envelope.eventbridge',
    path: '$.odd',
    kind: 'unknown-field',
    count: 1,
    lastAtMs: second(50),
    example: '0',
  });
  const { code, stdout } = await runHere('schemas', 'drift');
  expect(code).toBe(0);
  const lines = stdout.split('\n').filter((line) => /^ {2}\S/.test(line));
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['subject', 'path', 'kind', 'count', 'first seen', 'last seen', 'known by', 'example'],
    ['envelope.eventbridge', '$.odd', 'unknown-field', '1', '2026-01-05T12:00:00Z', '2026-01-05T12:00:50Z', 'v3', '0'],
    [end, '$.novel', 'unknown-field', '12', '2026-01-05T12:00:00Z', '2026-01-05T12:00:40Z', 'none', '{2 fields}'],
    [end, '$.disconnectType', 'unknown-value', '12', '2026-01-05T12:00:00Z', '2026-01-05T12:00:30Z', 'v3', '"TELEPORT"'],
  ]);
  expect(stdout).not.toContain(beyondPath);
});

test('lists one subject, as JSON too', async () => {
  use();
  await seen({ subject: 'envelope.sns', path: beyondPath, kind: 'unknown-field', oldestVersion: null });
  const { code, stdout } = await runHere('schemas', 'drift', '--subject', 'envelope.sns', '--json');
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      drift: [
        {
          ...{
            subject: 'envelope.sns',
            path: beyondPath,
            kind: 'unknown-field',
            count: 12,
            firstSeen: '2026-01-05T12:00:00.000Z',
          },
          ...{ lastSeen: '2026-01-05T12:00:30.000Z', oldestVersion: null, example: '"TELEPORT"' },
        },
      ],
    },
  ]);
  const { stdout: text } = await runHere('schemas', 'drift', '--subject', 'envelope.sns');
  expect(text).toContain(`\`${beyondPath}\` is what a worker counted together`);
  expect(text).not.toContain(end);
});

test('a subject that the registry does not know is a mistake, unless it has drift', async () => {
  use();
  const wrong = await runHere('schemas', 'drift', '--subject', 'v2.nothing');
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toContain('--subject: expected a subject of the registry or one with drift, got `v2.nothing`.');
  await seen({ subject: 'v2.gone' });
  expect((await runHere('schemas', 'drift', '--subject', 'v2.gone')).code).toBe(0);
});

test('asks for no more than it needs', async () => {
  process.env = { PATH: process.env['PATH'], HOLD_MS: '5s' };
  const { code, stdout, stderr } = await runHere('schemas', 'drift');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/TABLE_NAME: expected/);
  expect(stderr).not.toMatch(/QUEUE_URL|HOLD_MS/);
});

test('a table that is not there is the caller’s to mend', async () => {
  use({ TABLE_NAME: 'nowhere' });
  const { code, stdout, stderr } = await runHere('schemas', 'drift');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('found none named `nowhere`');
});
