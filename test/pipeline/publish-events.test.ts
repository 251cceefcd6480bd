import { CallRefusedError } from '../../src/core/errors';
import { createPipeline } from '../../src/pipeline';
import type { RecordTopic, WindowTable } from '../../src/ports';
import { feedMessage, minute } from '../factories';
import { around, crash, ended, outcome, second, settings, setUp, started } from './world';

const publishing = { publishEvents: true };
const both = { publishEvents: true, emitPartialEveryMs: 60 * second };

interface PublishedEvent {
  readonly type: string;
  readonly revision: number;
  readonly position: number;
  readonly fingerprint: string;
  readonly body: object | null;
}

type World = ReturnType<typeof setUp>;

const eventsOf = (world: World): readonly PublishedEvent[] =>
  world.topic
    .published()
    .filter(({ attributes }) => attributes['kind'] === 'event')
    .map(({ message }) => JSON.parse(message) as PublishedEvent);

const told = (world: World): readonly string[] =>
  eventsOf(world).map(({ revision, position, type }) => `${revision} ${position} ${type}`);

/** What the world's topic takes, its nth call for many of it fails. */
const failingTopic = (topic: RecordTopic, failing: number): RecordTopic => {
  let calls = 0;
  return { ...topic, publishAll: (some) => ((calls += 1) === failing ? crash() : topic.publishAll(some)) };
};

test('no event is published where that is not asked for', async () => {
  const world = setUp();
  await world.admit(0, started, ended);
  await world.closeDue(45 * second);
  expect(eventsOf(world)).toEqual([]);
});

test('each event is published with the revision that first contains it, in order', async () => {
  const world = setUp({}, undefined, both);
  await world.admit(0, started);
  await world.closeDue(60 * second);
  await world.admit(70 * second, ended, started);
  await world.closeDue(115 * second);
  await world.admit(200 * second, feedMessage({ type: 'attributes', session: null, at: minute(0.5) }), outcome);
  await world.closeDue(245 * second);
  expect(told(world)).toEqual(['1 1 customer.start', '2 2 customer.end', '3 2 attributes', '3 4 flow.outcome']);
});

test('the topic alone tells the whole conversation: its events in order are the lifecycle of the last record', async () => {
  const world = setUp({}, undefined, publishing);
  await world.admit(0, started, ended);
  await world.closeDue(45 * second);
  await world.admit(100 * second, outcome, feedMessage({ type: 'attributes', session: null, at: minute(0.5) }));
  await world.closeDue(145 * second);
  const inOrder = eventsOf(world) as readonly (PublishedEvent & { envelopeTimeMs: number; eventTime: string })[];
  const lifecycle = [...inOrder]
    .sort((a, b) => a.envelopeTimeMs - b.envelopeTimeMs)
    .map(({ type, eventTime }) => ({ action: type, timestamp: eventTime }));
  expect(world.records().at(-1)!.lifecycle).toMatchObject(lifecycle);
});

test('an event that came twice is published once', async () => {
  const world = setUp({}, undefined, publishing);
  await world.admit(0, started, started, ended);
  await world.admit(10 * second, started);
  await world.closeDue(55 * second);
  await world.admit(100 * second, ended);
  await world.closeDue(145 * second);
  expect(told(world)).toEqual(['1 1 customer.start', '1 2 customer.end']);
});

test('a close that is cut short leaves its events to the next, which publishes the same ones, whatever has come since', async () => {
  const world = setUp({}, around('putRecord', 'after', crash), publishing);
  await world.admit(0, started, ended);
  expect(await world.closeDue(45 * second)).toEqual(['failed']);
  await world.admit(50 * second, outcome);
  await world.clock.advance(300 * second);
  await world.closeDue(60 * second);
  expect(told(world)).toEqual(['1 1 customer.start', '1 2 customer.end']);
  await world.closeDue(100 * second);
  expect(told(world).slice(2)).toEqual(['2 3 flow.outcome']);
});

test('a close that dies before it finishes says them again, with the same bytes', async () => {
  let isFirst = true;
  const dying = (table: WindowTable): WindowTable => ({
    ...table,
    updateHead: (update) => {
      const dies = isFirst && update.set.state === 'closed';
      if (dies) isFirst = false;
      return dies ? crash() : table.updateHead(update);
    },
  });
  const world = setUp({}, dying, publishing);
  await world.admit(0, started, ended);
  expect(await world.closeDue(45 * second)).toEqual(['failed']);
  await world.clock.advance(300 * second);
  await world.closeDue(45 * second);
  await world.closeDue(45 * second);
  expect(world.head()).toMatchObject({ state: 'closed' });
  expect(eventsOf(world)).toHaveLength(4);
  expect(new Set(world.topic.published().map(({ message }) => message)).size).toBe(3);
});

test('a topic that fails halfway is asked again for all of them: each has come at least once', async () => {
  const many = Array.from({ length: 250 }, (_, n) => feedMessage({ type: 'attributes', session: null, at: minute(0) + n }));
  const world = setUp({}, undefined, publishing);
  const failing = createPipeline({ ...world.outside, topic: failingTopic(world.topic, 2) }, { ...settings, ...publishing });
  await world.admit(0, started, ...many, ended);
  const [due] = await world.memory.findDue('Q#000', 45 * second, 1);
  expect(await failing.close(due!, 45 * second)).toBe('failed');
  expect(eventsOf(world)).toHaveLength(100);
  await world.clock.advance(300 * second);
  await world.closeDue(45 * second);
  const byFingerprint = new Map(eventsOf(world).map((event) => [event.fingerprint, event.position]));
  expect([...byFingerprint.values()].sort((a, b) => a - b)).toEqual(Array.from({ length: 252 }, (_, n) => n + 1));
});

test('the lease is held while many are published', async () => {
  const many = Array.from({ length: 250 }, (_, n) => feedMessage({ type: 'attributes', session: null, at: minute(0) + n }));
  const leases: number[] = [];
  const world = setUp(
    {},
    (table) => ({ ...table, updateHead: (update) => (leases.push(update.set.dueAt ?? 0), table.updateHead(update)) }),
    publishing,
  );
  const slow: RecordTopic = {
    ...world.topic,
    publishAll: async (some) => {
      await world.clock.advance(20 * second);
      await world.topic.publishAll(some);
    },
  };
  await world.admit(0, started, ...many, ended);
  const [due] = await world.memory.findDue('Q#000', 45 * second, 1);
  const before = leases.length;
  const pipeline = createPipeline({ ...world.outside, topic: slow }, { ...settings, ...publishing });
  expect(await pipeline.close(due!, 45 * second)).toBe('closed');
  // The claim, two renewals of it, the finish.
  expect(leases.length - before).toBe(4);
});

test('what another close put is published with its events, also those that this close had not seen', async () => {
  const world = setUp({}, undefined, publishing);
  await world.admit(0, started, ended);
  const { memory } = world;
  const closeOn = async (table: WindowTable, watermarkMs: number) => {
    const { conversationId, dueAt, dueOn } = world.head()!;
    const pipeline = createPipeline({ ...world.outside, table }, { ...settings, ...publishing });
    return pipeline.close({ conversationId, dueAt: dueAt!, dueOn: dueOn! }, watermarkMs);
  };
  // One close is held up before it reads; another takes the window from it. The first then reads more, puts, and dies.
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  async function* readLater(...args: Parameters<WindowTable['readWindow']>) {
    await gate;
    yield* memory.readWindow(...args);
  }
  const heldUp: WindowTable = {
    ...memory,
    readWindow: readLater,
    putRecord: (...args) => memory.putRecord(...args).then(crash),
  };
  const first = closeOn(heldUp, 100 * second);
  await world.clock.advance(0);
  const overtaken: WindowTable['putRecord'] = async (stored, expiresAtMs) => {
    await world.admit(50 * second, outcome);
    goOn();
    expect(await first).toBe('failed');
    return memory.putRecord(stored, expiresAtMs);
  };
  expect(await closeOn({ ...memory, putRecord: overtaken }, 45 * second)).toBe('closed');
  expect(told(world)).toEqual(['1 1 customer.start', '1 2 customer.end', '1 3 flow.outcome']);
  await world.closeDue(200 * second);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
  expect(told(world)).toHaveLength(3);
});

test('an event that no notification can hold goes without its body, and holds up nothing', async () => {
  const world = setUp({}, undefined, publishing);
  const large = feedMessage({ type: 'attributes', session: null, at: minute(0.5), body: { text: 'é'.repeat(200_000) } });
  await world.admit(0, started, large, ended);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  expect(eventsOf(world)).toMatchObject([{ body: {} }, { body: null, bodyOmitted: true, type: 'attributes' }, { body: {} }]);
});

test('one that expired before it could be published again is left out', async () => {
  const world = setUp({}, around('putRecord', 'after', crash), publishing);
  await world.admit(0, started, ended);
  await world.closeDue(45 * second);
  world.memory.expire(Infinity, ({ sk }) => sk.startsWith('E#') && sk.includes(String(minute(0))));
  await world.clock.advance(300 * second);
  await world.closeDue(45 * second);
  expect(told(world)).toEqual(['1 1 customer.end']);
});

test('a topic that refuses one for what it is parks the window, as any call does', async () => {
  const world = setUp({}, undefined, publishing);
  const refusing: RecordTopic = { ...world.topic, publishAll: () => Promise.reject(new CallRefusedError('too large')) };
  const pipeline = createPipeline({ ...world.outside, topic: refusing }, { ...settings, ...publishing });
  await world.admit(0, started, ended);
  const [due] = await world.memory.findDue('Q#000', 45 * second, 1);
  expect(await pipeline.close(due!, 45 * second)).toBe('failed');
  expect(world.head()).toMatchObject({
    attempts: 1,
    lastError: expect.stringContaining('CallRefusedError: too large at ') as string,
  });
});
