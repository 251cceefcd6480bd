import fc from 'fast-check';
import { loadWindowConfig } from '../src/config';
import type { JsonObject } from '../src/core/json';
import { silentLog } from '../src/log';
import { type Replayed, replayLines } from '../src/replay';
import { detailEnvelope, endMarkMessage, feedMessage, minute, second } from './factories';
import { registry } from './outside';

const settings = loadWindowConfig({});
const idleMinutes = settings.idleMs / 60_000;

interface Options {
  readonly byTime?: boolean;
  readonly shuffle?: number | null;
}

const replay = (lines: readonly string[], { byTime = false, shuffle = null }: Options = {}): Promise<Replayed> =>
  replayLines(lines.join('\n'), { registry, settings, byTime, shuffle, log: silentLog });

const line = (message: JsonObject): string => JSON.stringify(message);

/** A voice call of three minutes, in the shapes of the real feed; its first event `start` minutes after noon. */
const aCall = (conversation: string, start = 0): readonly JsonObject[] => {
  const at = (n: number): number => minute(start + n);
  const agent = { participant: 'agent-1', session: 'agent-session-1', conversation };
  return [
    feedMessage({ at: at(0), conversation, body: { direction: 'INBOUND' } }),
    feedMessage({ type: 'acd.start', at: at(0.5), participant: 'acd-1', session: 'acd-session-1', conversation }),
    feedMessage({ type: 'acd.end', at: at(1), participant: 'acd-1', session: 'acd-session-1', conversation }),
    feedMessage({ type: 'user.start', at: at(1), ...agent }),
    feedMessage({ type: 'user.end', at: at(3), ...agent, body: { interactingDurationMs: 120_000 } }),
    feedMessage({ type: 'customer.end', at: at(3), conversation }),
    feedMessage({ type: 'acw', at: at(3.5), ...agent, body: { wrapupDurationMs: 30_000 } }),
  ];
};

const callLines = (conversation: string, start = 0): readonly string[] => aCall(conversation, start).map(line);

const wrappers: readonly ((message: JsonObject) => JsonObject)[] = [
  (message) => message,
  (message) => ({ Type: 'Notification', Message: JSON.stringify(message) }),
  (message) => ({ version: '1.0', requestPayload: message }),
  (message) => ({ ...message, id: 'again', 'replay-name': 'again' }),
  (message) => ({ Type: 'Notification', Message: JSON.stringify({ requestPayload: message }) }),
];

describe('all lines before any window closes', () => {
  test('each conversation gets one record, sorted by conversation', async () => {
    const { records, rejections } = await replay([
      ...callLines('b'),
      ...callLines('a', 60 * 24 * 3),
      line(endMarkMessage({ conversation: 'c' })),
    ]);
    expect(records.map(({ conversationId, revision, pane, status }) => [conversationId, revision, pane, status])).toEqual([
      ['a', 1, 'on_time', 'final'],
      ['b', 1, 'on_time', 'final'],
      ['c', 1, 'on_time', 'final'],
    ]);
    expect(rejections).toEqual([]);
  });

  test('the record says what the call was', async () => {
    const { records } = await replay(callLines('a'));
    expect(records[0]).toMatchObject({
      startedAt: new Date(minute(0)).toISOString(),
      endedAt: new Date(minute(3)).toISOString(),
      durationMs: 180_000,
      eventCount: 7,
      missing: [],
      anomalies: [],
      metrics: { talkMs: 120_000, queueWaitMs: 30_000, afterCallWorkMs: 30_000, handleMs: 150_000 },
    });
  });

  test('every --shuffle seed gives the same bytes', async () => {
    const lines = [...callLines('a'), ...callLines('b', 7), ...callLines('c', 1000), 'no JSON'];
    const expected = JSON.stringify(await replay(lines));
    for (let shuffle = 0; shuffle < 20; shuffle++) expect(JSON.stringify(await replay(lines, { shuffle }))).toBe(expected);
  });

  test('duplicates change nothing', async () => {
    const lines = callLines('a');
    expect((await replay([...lines, ...lines, ...lines])).records).toEqual((await replay(lines)).records);
  });

  test('a lone conversation.end gives one final record; twice, still one', async () => {
    const mark = line(endMarkMessage({ conversation: 'a' }));
    const once = await replay([mark]);
    expect(once.records).toMatchObject([
      { conversationId: 'a', revision: 1, status: 'final', eventCount: 1, finalStatus: 'disconnected' },
    ]);
    expect(await replay([mark, mark])).toEqual(once);
  });

  test('a conversation whose end never comes is given up, with a partial record that says what is missing', async () => {
    const { records } = await replay(callLines('a').slice(0, 4));
    expect(records).toMatchObject([{ status: 'partial', pane: 'on_time', endedAt: null }]);
    expect(records[0]?.missing).toEqual(['customer-end', 'session-end:agent-session-1', 'session-end:session-1']);
  });

  test('a conversation whose first event never came is final, and says so', async () => {
    const { records } = await replay(callLines('a').slice(1));
    expect(records).toMatchObject([{ status: 'final', missing: ['start'], eventCount: 6 }]);
  });

  test('a conversation of 10,000 events is one record with 10,000 lifecycle entries', async () => {
    const events = Array.from({ length: 10_000 }, (_, n) =>
      line(feedMessage({ type: 'attributes', at: second(n), conversation: 'a', body: { attributes: { step: String(n) } } })),
    );
    const { records } = await replay([...events, line(endMarkMessage({ at: second(10_000), conversation: 'a' }))], {
      shuffle: 1,
    });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ eventCount: 10_001, status: 'final', attributes: { step: '9999' } });
    expect(records[0]?.lifecycle).toHaveLength(10_001);
  });

  test('blank lines are skipped but counted, and what is refused is told by its number', async () => {
    const { records, rejections } = await replay(['', 'no JSON', '  ', ...callLines('a'), '\r', '[]\r', '']);
    expect(records).toHaveLength(1);
    expect(rejections.map(({ line: number, reason }) => [number, reason])).toEqual([
      [2, 'not-json'],
      [12, 'not-object'],
    ]);
    expect(rejections.every(({ detail }) => detail.startsWith('Expected'))).toBe(true);
  });

  test('lines that end in CRLF are the same lines, to the byte', async () => {
    const lines = [...callLines('a'), 'no JSON'];
    expect(await replay(lines.map((one) => `${one}\r`))).toEqual(await replay(lines));
  });

  test('nothing in gives nothing out', async () => expect(await replay([''])).toEqual({ records: [], rejections: [] }));
});

/** The same event, sent again or late: its time stays, its carrier's does not. */
const publishedAt = (message: JsonObject, ms: number): JsonObject => ({
  ...message,
  id: `published-${String(ms)}`,
  detail: { ...(message['detail'] as JsonObject), timestamp: new Date(ms).toISOString() },
});

describe('by time', () => {
  const byTime = { byTime: true };

  test('a call in order is closed once, and says the same as all at once', async () => {
    const lines = callLines('a');
    expect(await replay(lines, byTime)).toEqual(await replay(lines));
  });

  test('the order of the lines does not matter, their times do', async () => {
    const lines = [...callLines('a'), ...callLines('a', 20), ...callLines('b', 2)];
    const inOrder = await replay(lines, byTime);
    expect(inOrder.records.map(({ conversationId, revision }) => `${conversationId} ${String(revision)}`)).toEqual([
      'a 1',
      'a 2',
      'b 1',
    ]);
    expect(await replay([...lines].reverse(), byTime)).toEqual(inOrder);
    for (let shuffle = 0; shuffle < 5; shuffle++) expect(await replay(lines, { ...byTime, shuffle })).toEqual(inOrder);
  });

  test('an event that comes after its window closed makes a second revision that says what changed', async () => {
    const late = feedMessage({
      type: 'acw',
      at: minute(4),
      participant: 'agent-1',
      session: 'agent-session-1',
      conversation: 'a',
      body: { wrapupDurationMs: 60_000 },
    });
    const { records } = await replay([...callLines('a').slice(0, 6), line(publishedAt(late, minute(30)))], byTime);
    expect(records).toMatchObject([
      { revision: 1, pane: 'on_time', status: 'final', supersedes: null, changed: [], missing: ['acw'], eventCount: 6 },
      { revision: 2, pane: 'late', status: 'final', supersedes: 1, missing: [], eventCount: 7 },
    ]);
    expect(records[1]?.changed).toEqual(expect.arrayContaining(['eventCount', 'lifecycle', 'metrics', 'missing']));
    expect(records[1]?.changed).not.toContain('startedAt');
    expect(records[1]?.life).toBe(records[0]?.life);
  });

  test('the last revision says what one close of everything would have said', async () => {
    const lines = [...callLines('a'), ...callLines('a', 20)];
    const late = (await replay(lines, byTime)).records;
    const atOnce = (await replay(lines)).records;
    expect(late.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(late.at(-1)?.contentHash).toBe(atOnce[0]?.contentHash);
  });

  test('a conversation that reopens after days goes on where it was', async () => {
    const days = 60 * 24 * 5;
    const { records } = await replay([...callLines('a'), ...callLines('a', days)], byTime);
    expect(records.map(({ revision, pane, eventCount }) => [revision, pane, eventCount])).toEqual([
      [1, 'on_time', 7],
      [2, 'late', 14],
    ]);
  });

  test('an incomplete conversation is given up when it has been idle for long enough, and no sooner', async () => {
    const start = line(feedMessage({ conversation: 'a' }));
    const end = (minutes: number) => line(feedMessage({ type: 'customer.end', at: minute(minutes), conversation: 'a' }));
    const statuses = async (minutes: number) =>
      (await replay([start, end(minutes)], byTime)).records.map(({ status, pane }) => `${status} ${pane}`);
    expect(await statuses(idleMinutes - 1)).toEqual(['final on_time']);
    expect(await statuses(idleMinutes + 5)).toEqual(['partial on_time', 'final late']);
  });

  test('a duplicate that comes after the close makes no revision', async () => {
    const lines = callLines('a');
    const again = aCall('a').map((message) => line(publishedAt(message, minute(90))));
    expect((await replay([...lines, ...again], byTime)).records).toHaveLength(1);
  });
});

describe('any order, any duplication, any wrapper', () => {
  const envelope = (conversation: string): readonly JsonObject[] => [
    detailEnvelope(
      [
        { sequence: 1, data: { status: 'ringing' } },
        { sequence: 2, at: second(5), data: { status: 'connected' } },
      ],
      { conversation },
    ),
    detailEnvelope([{ sequence: 1, at: second(60), data: { status: 'disconnected' } }], { at: second(60), conversation }),
  ];
  const messages = [
    ...aCall('a'),
    ...envelope('b'),
    endMarkMessage({ conversation: 'c' }),
    ...aCall('d', 5),
    endMarkMessage({ conversation: 'd', at: minute(9) }),
  ];

  test('give the same records', async () => {
    const { records: expected } = await replay(messages.map(line));
    expect(expected.map(({ conversationId }) => conversationId)).toEqual(['a', 'b', 'c', 'd']);
    const arrivalOf = (message: JsonObject) =>
      fc.record({ message: fc.constant(message), at: fc.nat(), wrap: fc.constantFrom(...wrappers) });
    const again = fc.array(fc.constantFrom(...messages).chain(arrivalOf), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(...messages.map(arrivalOf)), again, async (each, more) => {
        const arrivals = [...each, ...more].sort((x, y) => x.at - y.at);
        const lines = arrivals.map(({ message, wrap }) => line(wrap(message)));
        expect((await replay(lines)).records).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
