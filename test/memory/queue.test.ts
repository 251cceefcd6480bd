import { type VirtualClock, virtualClock } from '../../src/memory/clock';
import type { IntakeOptions } from './intake-queue';
import { messageStore } from './message-store';
import { type MemoryQueue, memoryQueue, type MemoryQueueOptions } from './queue';
import { seededRandom } from '../../src/memory/random';
import type { Message } from '../../src/ports';

interface World {
  readonly clock: VirtualClock;
  readonly queue: MemoryQueue;
}

const world = (options: Omit<MemoryQueueOptions, 'clock'> = {}): World => {
  const clock = virtualClock();
  return { clock, queue: memoryQueue({ clock, ...options }) };
};

/** One worker at the queue: what it received, and how its polls and deletes went. */
const workerAt = ({ queue }: World, options: IntakeOptions = {}, admits: (message: Message) => boolean = () => true) => {
  const received: Message[] = [];
  const seen = { deleted: 0, kept: 0, failedPolls: 0, polls: 0 };
  const soft = new AbortController();
  void queue.intake(options).consume(
    {
      ready: () => Promise.resolve(),
      pollStarted: () => void (seen.polls += 1),
      pollReturned: (_poll, messages) => void received.push(...messages),
      pollFailed: () => void (seen.failedPolls += 1),
      admit: (batch) => Promise.resolve(batch.filter(admits)),
      deleted: (messages) => void (seen.deleted += messages.length),
      kept: (messages) => void (seen.kept += messages.length),
    },
    { soft: soft.signal, hard: new AbortController().signal },
  );
  return { received, seen, soft };
};

const bodies = (messages: readonly Message[]): readonly string[] => messages.map(({ body }) => body);
const sendAll = ({ queue }: World, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => queue.send(`message ${n}`) && `message ${n}`);

test('without disorder messages come in the order they were sent, each once', async () => {
  const there = world();
  const sent = sendAll(there, 30);
  const { received } = workerAt(there);
  await there.clock.advance(600_000);
  expect(bodies(received)).toEqual(sent);
});

test('with disorder they come in another order, some twice, none never; and one seed is one history', async () => {
  const history = async (seed: number): Promise<readonly string[]> => {
    const there = world({ disorder: { random: seededRandom(seed), duplicates: 0.3 } });
    const sent = sendAll(there, 50);
    const { received } = workerAt(there);
    await there.clock.advance(600_000);
    expect(new Set(bodies(received))).toEqual(new Set(sent));
    expect(there.queue.counts()).toEqual({ visible: 0, inFlight: 0 });
    return bodies(received);
  };
  const first = await history(1);
  expect(first.length).toBeGreaterThan(50);
  expect([...new Set(first)]).not.toEqual([...new Set(first)].sort());
  expect(await history(1)).toEqual(first);
  expect(await history(2)).not.toEqual(first);
});

test('a copy that was left behind keeps its id, and has a handle of its own', async () => {
  const there = world({ disorder: { random: seededRandom(3), duplicates: 0.9 } });
  const id = there.queue.send('copied');
  const { received } = workerAt(there);
  await there.clock.advance(600_000);
  expect(received.length).toBeGreaterThan(1);
  expect(new Set(received.map((message) => message.id))).toEqual(new Set([id]));
  expect(new Set(received.map(({ handle }) => handle)).size).toBe(received.length);
});

test('a worker that dies keeps its messages until their visibility timeout; then another has them', async () => {
  const there = world({ visibilityMs: 30_000 });
  there.queue.send('orphan');
  const death = new AbortController();
  const dying = workerAt(there, { died: death.signal }, () => {
    death.abort();
    return true;
  });
  await there.clock.settle();
  const heir = workerAt(there);
  await there.clock.advance(29_999);
  expect([dying.received.length, dying.seen.deleted, dying.seen.kept, heir.received.length]).toEqual([1, 0, 0, 0]);
  await there.clock.advance(1);
  expect(heir.received.map(({ body, receiveCount }) => [body, receiveCount])).toEqual([['orphan', 2]]);
  expect(dying.seen).toEqual({ deleted: 0, kept: 0, failedPolls: 0, polls: 2 });
});

test('a poll whose answer is lost has taken its messages; they come back with their visibility timeout', async () => {
  const there = world({ visibilityMs: 30_000 });
  there.queue.send('lost on the way');
  let answers = 0;
  const { received, seen } = workerAt(there, { consumers: 1, faults: { loseReceive: () => (answers += 1) === 1 } });
  await there.clock.advance(29_999);
  expect([received.length, seen.failedPolls]).toEqual([0, 1]);
  await there.clock.advance(1);
  expect(received.map(({ receiveCount }) => receiveCount)).toEqual([2]);
});

test('polls that fail and fail do not run in a circle', async () => {
  const there = world();
  const { seen } = workerAt(there, { consumers: 1, faults: { loseReceive: () => true } });
  for (let n = 0; n < 100; n += 1) there.queue.send('x');
  await there.clock.advance(5_000);
  expect(seen.polls).toBeLessThanOrEqual(6);
});

test('a message whose delete is lost is kept, and comes again', async () => {
  const there = world();
  there.queue.send('sticky');
  let deletes = 0;
  const { received, seen } = workerAt(there, { faults: { loseDelete: () => (deletes += 1) === 1 } });
  await there.clock.advance(10_000);
  expect([received.length, seen.kept, seen.deleted]).toEqual([2, 1, 1]);
});

test('what is never admitted comes at growing distances, and the redrive policy takes it away in the end', async () => {
  const there = world({ maxReceives: 4 });
  there.queue.send('poison');
  const times: number[] = [];
  workerAt(there, {}, () => {
    times.push(there.clock.monotonicMs());
    return false;
  });
  await there.clock.advance(60_000);
  expect(times).toEqual([0, 1_000, 3_000, 7_000]);
  expect(bodies(there.queue.overflowed())).toEqual(['poison']);
  expect(there.queue.counts()).toEqual({ visible: 0, inFlight: 0 });
});

test('only the handle of the newest delivery deletes; an older one does nothing, and one that ran out still does', async () => {
  const clock = virtualClock();
  const store = messageStore({ clock, visibilityMs: 10_000 });
  store.send('slow');
  const [first] = store.take();
  await clock.advance(10_000);
  const [second] = store.take();
  store.remove(first!.handle);
  expect(store.counts()).toEqual({ visible: 0, inFlight: 1 });
  await clock.advance(10_000);
  store.remove(second!.handle);
  expect(store.take()).toEqual([]);
});

test('a message over 1 MiB cannot be sent', () => {
  const { queue } = world();
  expect(() => queue.send('é'.repeat(512 * 1024 + 1))).toThrow(RangeError);
  expect(queue.send('x'.repeat(1024 * 1024))).toBe('message-1');
});
