import type { EndedPage } from '../../src/core/genesys-answers';
import type { JsonObject } from '../../src/core/json';
import type { ConversationDetails, WindowTable } from '../../src/ports';
import type { EndedConversations } from '../../src/ports-reconciliation';
import { holdAgainstAnalytics } from '../../src/steps/hold-against-analytics';
import { runReconciler } from '../../src/worker/reconciler';
import { minute } from '../factories';
import { memoryReconciliationStore } from '../memory/reconciliation-store';
import { ended, outcome, recordingLog, scripted, second, settings, setUp, started } from './world';

/* A call that ended at noon and a minute, and passes over it hours later. */

const hour = 3_600 * second;
const after = 4 * hour;
const iso = (ms: number): string => new Date(ms).toISOString();

/** What Genesys says of the call; by default what its events say. */
const call = (changed: JsonObject = {}): JsonObject => ({
  conversationId: 'conversation-1',
  conversationStart: iso(minute(0)),
  conversationEnd: iso(minute(1)),
  ...changed,
});

const page = (...conversations: readonly JsonObject[]): EndedPage => ({ kind: 'page', conversations });

/** Answers each slice with these pages, and remembers what was asked. */
const analytics = (...pages: readonly EndedPage[]): EndedConversations & { readonly asked: () => number } => {
  let asked = 0;
  return {
    endedWithin: async function* () {
      asked += 1;
      yield* await Promise.resolve(pages);
    },
    asked: () => asked,
  };
};

type World = ReturnType<typeof setUp>;
type Store = ReturnType<typeof memoryReconciliationStore>;

const settle = async (world: World): Promise<readonly string[]> => world.closeDue(world.clock.nowMs());

/** A world in which the call is over and has its record, and the hours have passed; the checkpoint is just before its end. */
const aCallLater = async (...args: Parameters<typeof setUp>) => {
  const world = setUp(...args);
  await world.clock.advance(minute(1) - world.clock.nowMs());
  await world.admit(world.clock.nowMs(), started, ended);
  await world.clock.advance(settings.holdMs);
  expect(await settle(world)).toEqual(['closed']);
  const store = memoryReconciliationStore();
  await store.take({ token: 'before', nowMs: 0, untilMs: 0, expiresAtMs: 0 });
  await store.advance('before', { doneUpToMs: minute(0), again: [] });
  await world.clock.advance(after + 2 * hour);
  return { world, store };
};

interface Given {
  readonly details?: ConversationDetails;
  readonly table?: WindowTable;
}

const reconciler = (world: World, store: Store, source: EndedConversations, { details, table }: Given = {}) => {
  const stop = new AbortController();
  const { log, lines } = recordingLog();
  const outside = { ...world.outside, log, ...(table && { table }) };
  const running = runReconciler(
    {
      ...outside,
      store,
      ended: source,
      details: details ?? scripted({ kind: 'absent' }),
      holdAgainst: holdAgainstAnalytics(outside, settings),
    },
    { reconcileAfterMs: after, retentionMs: settings.retentionMs },
    stop.signal,
  );
  return {
    lines,
    stop: async () => {
      stop.abort();
      await running;
    },
  };
};

/** Runs a pass and closes what it opened. */
const passOver = async (world: World, store: Store, source: EndedConversations, details?: ConversationDetails) => {
  const one = reconciler(world, store, source, details ? { details } : {});
  await world.clock.advance(60 * second);
  await one.stop();
  await world.clock.advance(settings.holdMs);
  await settle(world);
  return one.lines;
};

test('a record that agrees is left alone', async () => {
  const { world, store } = await aCallLater();
  const lines = await passOver(world, store, analytics(page(call())));
  expect(world.records()).toHaveLength(1);
  expect(lines.at(-1)).toMatchObject({ fields: { compared: 1, differed: 0, unknown: 0, again: 0 } });
  expect(store.checkpoint().doneUpToMs).toBeGreaterThan(minute(1));
});

test('one that differs gets one more revision, which says what differed and is handed off, however often passes are repeated', async () => {
  const { world, store } = await aCallLater();
  const source = analytics(page(call({ originatingDirection: 'outbound', conversationEnd: iso(minute(3)) })));
  await passOver(world, store, source);
  // As after a crash before the checkpoint, twice.
  for (let again = 0; again < 2; again++) {
    await store.take({ token: 'back', nowMs: world.clock.nowMs(), untilMs: 0, expiresAtMs: 0 });
    await store.advance('back', { doneUpToMs: minute(0), again: [] });
    await passOver(world, store, source);
  }
  expect(source.asked()).toBe(3);
  const records = world.records().sort((a, b) => a.revision - b.revision);
  expect(records).toMatchObject([
    { revision: 1, pane: 'on_time', direction: null },
    {
      revision: 2,
      pane: 'late',
      status: 'final',
      supersedes: 1,
      direction: 'outbound',
      endedAt: iso(minute(3)),
      eventCount: 2,
      corrections: [
        { field: 'endedAt', record: iso(minute(1)), analytics: iso(minute(3)) },
        { field: 'direction', record: null, analytics: 'outbound' },
      ],
      changed: ['corrections', 'direction', 'durationMs', 'endedAt', 'producedBy'],
    },
  ]);
  expect(records).toHaveLength(2);
  expect(world.stateMachine.executions().size).toBe(2);
});

test('two workers at once make one correction: one of them has the lease', async () => {
  const { world, store } = await aCallLater();
  const source = analytics(page(call({ originatingDirection: 'outbound' })));
  const workers = [reconciler(world, store, source), reconciler(world, store, source)];
  await world.clock.advance(60 * second);
  await Promise.all(workers.map(({ stop }) => stop()));
  await world.clock.advance(settings.holdMs);
  await settle(world);
  expect(source.asked()).toBe(1);
  expect(world.records()).toHaveLength(2);
});

test('one that is killed between correction and checkpoint is followed by another, and the correction is made once', async () => {
  const { world, store } = await aCallLater();
  const source = analytics(page(call({ originatingDirection: 'outbound' })));
  const dying = { ...store, advance: () => new Promise<boolean>(() => undefined), release: () => Promise.resolve() };
  reconciler(world, { ...dying, checkpoint: store.checkpoint }, source);
  await world.clock.advance(60 * second);
  expect(world.head()).toMatchObject({ state: 'open' });
  const next = reconciler(world, store, source);
  await world.clock.advance(10 * 60 * second);
  await next.stop();
  await settle(world);
  expect(source.asked()).toBe(2);
  expect(store.checkpoint().doneUpToMs).not.toBe(minute(0));
  // Two events and one correction.
  expect(world.memory.records().map(({ madeOf }) => madeOf.length)).toEqual([2, 3]);
});

test('the checkpoint stays while Genesys or the table cannot answer, and nothing is said of the slice', async () => {
  const { world, store } = await aCallLater();
  await passOver(world, store, analytics({ kind: 'unavailable', why: 'an outage', retryAfterMs: 3_600_000 }));
  await passOver(world, store, analytics({ kind: 'refused', why: 'a role' }));
  const broken: WindowTable = { ...world.memory, readHeads: () => Promise.reject(new Error('an outage')) };
  const one = reconciler(world, store, analytics(page(call())), { table: broken });
  await world.clock.advance(60 * second);
  await one.stop();
  expect(store.checkpoint()).toEqual({ doneUpToMs: minute(0), again: [] });
  expect(await store.take({ token: 'other', nowMs: world.clock.nowMs(), untilMs: 0, expiresAtMs: 0 })).not.toBeNull();
});

test('a short wait is waited out under the lease', async () => {
  const { world, store } = await aCallLater();
  const source = analytics(
    { kind: 'unavailable', why: 'quota', retryAfterMs: 20_000 },
    page(call({ originatingDirection: 'outbound' })),
  );
  await passOver(world, store, source);
  expect(source.asked()).toBe(1);
  expect(world.records()).toHaveLength(2);
});

test('a window that is not closed is looked at again in the next pass, by its id', async () => {
  const { world, store } = await aCallLater();
  const differing = call({ originatingDirection: 'outbound' });
  await world.admit(world.clock.nowMs(), outcome);
  await passOver(world, store, analytics(page(differing)));
  expect([store.checkpoint().again, world.head()?.state, world.records()]).toMatchObject([
    ['conversation-1'],
    'closed',
    [{}, { direction: null }],
  ]);
  await world.clock.advance(6 * hour);
  await passOver(world, store, analytics(), scripted({ kind: 'complete', details: differing }));
  expect(store.checkpoint().again).toEqual([]);
  expect(world.records().find(({ revision }) => revision === 3)).toMatchObject({ direction: 'outbound' });
});

test('conversations without a record are counted and named, and nothing is made of them', async () => {
  const { world, store } = await aCallLater();
  const lines = await passOver(world, store, analytics(page(call({ conversationId: 'never heard of' }), call())));
  expect(lines.at(-1)).toMatchObject({ fields: { compared: 1, unknown: 1, unknownIds: 'never heard of' } });
  expect(world.memory.heads()).toHaveLength(1);
});

test('the first pass begins where records are old enough: nothing is said of what was before the installation', async () => {
  const world = setUp();
  const store = memoryReconciliationStore();
  const source = analytics(page(call()));
  const startedAtMs = world.clock.nowMs();
  const one = reconciler(world, store, source);
  await world.clock.advance(600 * second);
  await one.stop();
  expect([source.asked(), store.checkpoint().doneUpToMs]).toEqual([0, startedAtMs - after]);
});
