import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loggedIn } from '../../localstack/bench/cost/logged';
import { createMetrics } from '../../src/metrics';

const folder = mkdtempSync(path.join(tmpdir(), 'logged-'));
afterAll(() => rmSync(folder, { recursive: true }));

const emf = (metrics: readonly string[], fields: object, dimensions: readonly (readonly string[])[] = [['service']]): string =>
  JSON.stringify({
    _aws: { CloudWatchMetrics: [{ Namespace: 'T', Dimensions: dimensions, Metrics: metrics.map((Name) => ({ Name })) }] },
    service: 'worker',
    ...fields,
  });

const logged = (...lines: readonly string[]) => {
  const file = path.join(folder, 'worker.log');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return loggedIn(file);
};

test('a metric is a name with the values of its dimensions, however often it is told', () => {
  const lines = [
    emf(['A', 'B'], {}),
    emf(['A'], {}),
    emf(['A'], { service: 'ingest' }),
    emf(['A'], { subject: 'x' }, [['service', 'subject'], ['service']]),
    '{"level":"info","message":"no metric"}',
  ];
  const { metrics, bytes } = logged(...lines);
  expect(metrics).toBe(4);
  expect(bytes).toBe(lines.join('\n').length + 1);
});

test('what the program itself writes is counted', () => {
  const lines: string[] = [];
  const metrics = createMetrics({ namespace: 'T', clock: { nowMs: () => 0 }, write: (line) => void lines.push(line) });
  metrics.add('MessagesReceived', 1);
  metrics.add('MessagesReceived', 1);
  metrics.add('MessagesKept', 1);
  metrics.flush();
  expect(logged(...lines).metrics).toBe(2);
});
