import { loadWindowConfig } from '../src/config';
import type { JsonObject } from '../src/core/json';
import { silentLog } from '../src/log';
import { replayLines } from '../src/replay';
import { endMarkMessage, detailEnvelope, feedMessage, minute } from './factories';
import { registry } from './outside';

/** What each revision had heard of, by time. */
const replayByTime = async (messages: readonly JsonObject[]) => {
  const text = messages.map((message) => JSON.stringify(message)).join('\n');
  const settings = loadWindowConfig({});
  const { records } = await replayLines(text, { registry, settings, byTime: true, shuffle: null, log: silentLog });
  return records.map(({ status, eventCount }) => [status, eventCount]);
};

const without = (message: JsonObject, ...fields: readonly string[]): JsonObject =>
  JSON.parse(JSON.stringify(message), (key, value: unknown) => (fields.includes(key) ? undefined : value)) as JsonObject;

const start = feedMessage();
const end = feedMessage({ type: 'customer.end', at: minute(1) });
const lateAttributes = feedMessage({ type: 'attributes', session: null, at: minute(20) });

describe('by time, a line arrives', () => {
  test('when its detail says that it was published, whatever the carrier’s own time', async () => {
    expect(await replayByTime([start, end, { ...lateAttributes, time: start['time'] ?? null }])).toEqual([
      ['final', 2],
      ['final', 3],
    ]);
  });

  test('else at the time of its carrier', async () => {
    const untold = [start, end, lateAttributes].map((message) => without(message, 'timestamp'));
    expect(await replayByTime(untold)).toHaveLength(2);
  });

  test('else when its event happened: no earlier than its neighbours', async () => {
    const untold = [start, end, lateAttributes].map((message) => without(message, 'timestamp', 'time'));
    expect(await replayByTime([untold[0]!, end])).toEqual([['final', 2]]);
    expect(await replayByTime(untold)).toHaveLength(2);
    expect(await replayByTime(untold.map((message) => message['detail'] as JsonObject))).toHaveLength(2);
  });

  test('when its detail envelope was created', async () => {
    const state = (status: string, at: number) =>
      detailEnvelope([{ at: minute(0), data: { status } }], { at: minute(at), conversation: 'a' });
    expect(await replayByTime([state('disconnected', 1), state('connected', 20)])).toEqual([
      ['final', 1],
      ['final', 2],
    ]);
  });

  test('when an end mark says, or its carrier does', async () => {
    const mark = endMarkMessage({ at: minute(20) });
    expect(await replayByTime([start, end, mark])).toHaveLength(2);
    const carried = { ...without(mark, 'timestamp'), time: new Date(minute(20)).toISOString() };
    expect(await replayByTime([start, end, carried])).toHaveLength(2);
  });
});

test('early records are made where lines arrive by time; where all are there at once, none is', async () => {
  const settings = loadWindowConfig({ EMIT_PARTIAL_EVERY: '1m' });
  const panes = async (messages: readonly JsonObject[], byTime: boolean) => {
    const text = messages.map((message) => JSON.stringify(message)).join('\n');
    const { records } = await replayLines(text, { registry, settings, byTime, shuffle: null, log: silentLog });
    return records.map(({ pane }) => pane);
  };
  const lateEnd = feedMessage({ type: 'customer.end', at: minute(5) });
  expect(await panes([start, lateEnd], true)).toEqual(['early', 'on_time']);
  expect(await panes([start], false)).toEqual(['on_time']);
});
