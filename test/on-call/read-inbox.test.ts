import { groupStopped } from '../../src/core/on-call/stopped-groups';
import { parkedOn } from '../../src/core/items';
import { readInbox } from '../../src/on-call/read-inbox';
import { forgetInSnapshot, keepInbox, recentInbox, type SnapshotStore } from '../../src/on-call/snapshot';
import { virtualClock } from '../../src/memory/clock';
import { memoryWindowTable } from '../../src/memory/window-table';
import { anEvent, feedMessage, noon, topicMessage } from '../factories';
import { memoryExecutions } from '../memory/executions';
import { memoryLetterQueue } from '../memory/letter-queue';
import { memoryParkedWindows } from '../memory/parked-windows';
import { judging } from './judging';

const installation = () => {
  const clock = virtualClock(noon);
  const table = memoryWindowTable();
  const worker = memoryLetterQueue({ clock });
  const eventbridge = memoryLetterQueue({ clock, place: 'eventbridge', url: 'https://sqs.test/0/events' });
  const executions = memoryExecutions(clock.nowMs);
  const windows = memoryParkedWindows(table, () => noon + 1e9);
  const letterQueues = [worker, eventbridge];
  const outside = { ...judging(), program: 'tidemark/test', clock, table, letterQueues, executions, windows, notLookedAt: [] };
  return { clock, table, worker, eventbridge, executions, outside };
};

const text = (body: unknown): string => JSON.stringify(body);

const parkOne = async ({ table }: ReturnType<typeof installation>, conversationId: string, lastError: string): Promise<void> => {
  await table.writeEvents([{ event: anEvent({ conversation: conversationId }), sentAtMs: noon }], noon + 1e9);
  const set = {
    state: 'parked',
    life: 'l'.repeat(16),
    finished: 0,
    attempts: 8,
    waits: 0,
    dueAt: noon,
    dueOn: parkedOn,
    lastError,
  } as const;
  await table.updateHead({ conversationId, expect: 'missing', set, expiresAtMs: noon + 1e9 });
};

const fail = async ({ executions }: ReturnType<typeof installation>, name: string): Promise<void> => {
  await executions.start({ name, input: text({ conversationId: 'c-1' }) });
  executions.end(name, { status: 'FAILED', error: 'EnrichmentIncomplete', cause: text({ step: 'tel:+15550123' }) });
};

/** What keeps one text. */
const memoryStore = (): SnapshotStore & { text: string | null } => {
  const store: SnapshotStore & { text: string | null } = {
    text: null,
    read: () => Promise.resolve(store.text),
    replace: (content) => Promise.resolve(void (store.text = content)),
  };
  return store;
};

describe('the inbox', () => {
  test('holds what stopped in every place, and shows all letters again', async () => {
    const all = installation();
    all.worker.send({ body: text(topicMessage('v2.brand.new', {})) });
    all.eventbridge.send({ body: text(feedMessage()), attributes: { ERROR_CODE: 'NO_PERMISSIONS' } });
    await parkOne(all, 'parked-1', 'WindowFaultError at fold (src/a.ts:1:2)');
    await fail(all, 'c-1_life_1');
    const { stopped, places, startedAgain } = await readInbox(all.outside);
    expect(stopped.map(({ place, reason, outlook }) => [place, reason, outlook])).toEqual([
      ['worker', 'unknown', 'would-fail'],
      ['eventbridge', 'NO_PERMISSIONS', 'would-pass'],
      ['window', 'parked', 'would-pass'],
      ['execution', 'EnrichmentIncomplete', 'unknown'],
    ]);
    expect(places.map(({ met, end }) => [met, end])).toEqual(Array.from({ length: 4 }, () => [1, 'through']));
    expect(startedAgain).toBe(0);
    expect(text(stopped)).not.toContain('15550123');
    expect((await all.worker.count()).visible).toBe(1);
  });

  test('leaves out a failed execution that was started again, whatever came of that', async () => {
    const all = installation();
    await fail(all, 'c-1_life_1');
    await fail(all, 'c-1_life_1_r1');
    const before = await readInbox(all.outside);
    expect([before.stopped.map(({ id }) => id), before.startedAgain]).toEqual([['c-1_life_1_r1'], 1]);
    await all.executions.start({ name: 'c-1_life_1_r2', input: '{}' });
    const after = await readInbox(all.outside);
    expect([after.stopped, after.startedAgain]).toEqual([[], 2]);
    const asked = await readInbox(all.outside, { filter: { ids: ['c-1_life_1'] } });
    expect(asked.stopped).toMatchObject([{ outlook: 'would-duplicate' }]);
  });

  test('a place that cannot be looked at is named and keeps no other from being looked at', async () => {
    const all = installation();
    all.worker.send({ body: 'x' });
    const denied = { ...all.eventbridge, count: () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' })) };
    const { stopped, notLookedAt } = await readInbox({ ...all.outside, letterQueues: [all.worker, denied] });
    expect(stopped).toHaveLength(1);
    expect(notLookedAt).toMatchObject([{ place: 'eventbridge', why: expect.stringContaining('AccessDenied') as string }]);
  });

  test('asks only where the filter looks', async () => {
    const all = installation();
    const never = { ...all.worker, receive: () => Promise.reject(new Error('asked')) };
    const { places } = await readInbox({ ...all.outside, letterQueues: [never] }, { filter: { places: ['window'] } });
    expect(places.map(({ place }) => place)).toEqual(['window']);
  });
});

describe('a snapshot', () => {
  const kept = async () => {
    const all = installation();
    for (const n of [1, 2, 3]) all.worker.send({ body: text(topicMessage('v2.brand.new', { secret: `+1555012${n}` })) });
    const store = memoryStore();
    const inbox = await readInbox(all.outside);
    await keepInbox(store, all.outside, inbox);
    return { ...all, store, inbox };
  };
  const recently = 60_000;

  test('is the inbox as it was, without a body', async () => {
    const { store, outside, inbox } = await kept();
    expect(await recentInbox(store, outside, recently)).toEqual(inbox);
    expect(store.text).not.toContain('555012');
  });

  test('counts for nothing when it is old, torn, judged by another registry, or of another place', async () => {
    const { store, outside, clock } = await kept();
    const whole = store.text!;
    store.text = whole.slice(0, whole.lastIndexOf('{'));
    expect(await recentInbox(store, outside, recently)).toBeNull();
    store.text = 'not json\n';
    expect(await recentInbox(store, outside, recently)).toBeNull();
    store.text = whole;
    const grown = { ...outside.registry, subjects: outside.registry.subjects.slice(1) };
    expect(await recentInbox(store, { ...outside, registry: grown }, recently)).toBeNull();
    expect(await recentInbox(store, { ...outside, executions: null }, recently)).toBeNull();
    expect(await recentInbox(store, outside, recently)).not.toBeNull();
    await clock.advance(recently + 1);
    expect(await recentInbox(store, outside, recently)).toBeNull();
  });

  test('forgets what was moved since', async () => {
    const { store, outside, inbox } = await kept();
    await forgetInSnapshot(store, outside, new Set([inbox.stopped[1]!.id]));
    expect((await recentInbox(store, outside, recently))?.stopped.map(({ id }) => id)).toEqual([
      inbox.stopped[0]!.id,
      inbox.stopped[2]!.id,
    ]);
  });

  test('of a hundred thousand is read and grouped within seconds', async () => {
    const { store, outside, inbox } = await kept();
    const [one] = inbox.stopped;
    const stopped = Array.from({ length: 100_000 }, (_, n) => ({ ...one!, id: `letter-${n}`, group: `g${n % 50}` }));
    await keepInbox(store, outside, { ...inbox, stopped });
    const begun = performance.now();
    const read = await recentInbox(store, outside, recently);
    expect(groupStopped(read!.stopped)).toHaveLength(50);
    // A second and a half where nothing else runs.
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
