import { alarmDefinitions } from '../../../infra/alarms/definitions';
import { dashboardRows } from '../../../infra/dashboard/graphs';
import type { AlarmPlaces } from '../../../infra/alarms/definition';
import { createIngest } from '../../../src/ingest';
import { serveIngest } from '../../../src/ingest/http/server';
import { silentLog } from '../../../src/log';
import { virtualClock } from '../../../src/memory/clock';
import { createMetrics } from '../../../src/metrics';
import { replayRandom } from '../../../src/memory/random';
import { memoryIntakeWriter } from '../../memory/intake-writer';
import { memoryKeptKeys } from '../../memory/kept-keys';
import { defaultPlaces } from '../default-alarms';
import { keyOf, keysIn } from '../emitted-series';

/* A metric that nobody emits is an alarm that never rings. So a door is posted to until it has counted all that it ever counts. */

const seriesOf = (places: AlarmPlaces): readonly string[] => {
  const alarms = alarmDefinitions(places).flatMap(({ watched }) => Object.values(watched.over));
  const graphs = dashboardRows(places).flatMap((row) => row.graphs);
  const lines = graphs.flatMap((graph) => [...Object.values(graph.lines), ...Object.values(graph.right ?? {})]);
  return [...alarms, ...lines].filter(({ namespace }) => namespace === null).map((one) => keyOf(one.name, one.dimensions));
};

const openDoor = async (maxPerSecond: number) => {
  const emitted = new Set<string>();
  const write = (line: string): void => keysIn(line).forEach((key) => emitted.add(key));
  const clock = virtualClock();
  const metrics = createMetrics({ namespace: 'Tidemark', clock, write });
  const outside = { clock, random: replayRandom(1), log: silentLog, metrics };
  const queue = memoryIntakeWriter();
  let table = memoryKeptKeys();
  const keys = { find: (...args: Parameters<typeof table.find>) => table.find(...args), keep: table.keep };
  const limits = { maxWaiting: 3, maxBodyBytes: 2_000, timeoutMs: 10_000 };
  const ingest = createIngest({ ...outside, writer: queue, keys }, { ...limits, gatherMs: 0, idempotencyMs: 60_000 });
  const secrets = { read: () => Promise.resolve({ bearer: ['the-secret-of-one-sender'], signing: [] }) };
  const http = { host: '127.0.0.1', port: 0, ...limits, maxPerSecond };
  const server = await serveIngest({ ...outside, ingest, secrets, isReady: () => true, version: '1.2.3' }, http);
  const post = async (body: string, headers: Readonly<Record<string, string>> = {}): Promise<number> => {
    const all = { authorization: 'Bearer the-secret-of-one-sender', 'content-type': 'application/json', ...headers };
    return (await fetch(`http://127.0.0.1:${server.port}/v1/genesys/events`, { method: 'POST', headers: all, body })).status;
  };
  return {
    post,
    fillUp: () => Array.from({ length: 3 }, () => ingest.enter(10)),
    loseTable: () => (table = { ...table, find: () => Promise.reject(new Error('away')) }),
    close: async () => {
      ingest.report();
      metrics.flush();
      await server.close();
      return emitted;
    },
  };
};

const event = JSON.stringify({ type: 'v2.detail.events.conversation', data: { id: 'c', details: [] } });

test('every metric of the door that an alarm or the dashboard names is emitted', async () => {
  const door = await openDoor(7);
  const keyed = { 'x-idempotency-key': 'k' };
  expect([await door.post(event, keyed), await door.post(event, keyed)]).toEqual([200, 200]);
  door.loseTable();
  expect(await door.post(event, { 'x-idempotency-key': 'another' })).toBe(200);
  expect(await door.post('no JSON')).toBe(400);
  expect(await door.post(event, { authorization: 'Bearer somebody-else' })).toBe(401);
  expect(await door.post(' '.repeat(2_001))).toBe(413);
  expect(await door.post(event, { 'content-type': 'text/plain' })).toBe(415);
  expect(await door.post('{}')).toBe(422);
  expect(await door.post(event)).toBe(429);
  door.fillUp();
  expect(await door.post(event)).toBe(503);
  const emitted = await door.close();
  const ofWorkers = new Set(seriesOf({ ...defaultPlaces, ingest: null }));
  const wanted = seriesOf(defaultPlaces).filter((key) => !ofWorkers.has(key));
  expect(wanted.length).toBeGreaterThan(8);
  expect(wanted.filter((key) => !emitted.has(key))).toEqual([]);
});
