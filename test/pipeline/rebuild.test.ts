import { rebuildMark, type RebuildMode } from '../../src/core/rebuild';
import { markForRebuild } from '../../src/core/window-rebuild';
import { createPipeline } from '../../src/pipeline';
import type { Outside } from '../../src/steps/outside';
import { feedMessage, minute } from '../factories';
import { around, crash, ended, outcome, second, settings, setUp, started } from './world';

/* A mapper was mended: records are made anew from the events that are stored. */

type World = ReturnType<typeof setUp>;

/** What the mended mappers make of `customer.end`: it is read as another topic, and so says something else. */
const mended = (world: World): Outside['registry'] => {
  const { registry } = world.outside;
  return {
    ...registry,
    subjectNamed: (name) => {
      const known = registry.subjectNamed(name);
      return known && name.endsWith('customer.end') ? { ...known, mapper: 'wrapup' } : known;
    },
  };
};

/** The same mappers under a higher version. */
const renumbered = (world: World): Outside['registry'] => {
  const { registry } = world.outside;
  return {
    ...registry,
    subjectNamed: (name) => {
      const known = registry.subjectNamed(name);
      return known && { ...known, mapperVersion: known.mapperVersion + 1 };
    },
  };
};

const mark = async (world: World, mode: RebuildMode, id = 'one', watermarkMs = 500 * second) => {
  const update = markForRebuild(settings, world.head()!, { mode, id, watermarkMs }, world.clock.nowMs());
  return update && (await world.outside.table.updateHead(update));
};

/** Closes all that is due with another registry, until nothing is. */
const closeWith = async (world: World, registry: Outside['registry'], watermarkMs: number, changed = {}): Promise<void> => {
  const pipeline = createPipeline({ ...world.outside, registry }, { ...settings, ...changed });
  for (let rounds = 0; rounds < 10; rounds++) {
    const due = [
      ...(await world.memory.findDue('Q#000', watermarkMs, 10)),
      ...(await world.memory.findDue('W#000', world.clock.nowMs(), 10)),
    ];
    for (const one of due) await pipeline.close(one, watermarkMs);
  }
};

const closed = async (): Promise<World> => {
  const world = setUp();
  await world.admit(0, started, ended);
  await world.closeDue(45 * second);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
  return world;
};

const idleMs = 4_000 * second;
const executionsOf = (world: World): number => world.stateMachine.executions().size;

test('code that says the same makes no revision, and the mark is gone', async () => {
  const world = await closed();
  await mark(world, 'handoff');
  expect(world.head()).toMatchObject({ state: 'open', dueAt: 500 * second, rebuild: 'handoff one' });
  await world.closeDue(600 * second);
  expect(world.records()).toHaveLength(1);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
  expect(world.head()).not.toHaveProperty('rebuild');
});

test('another version of a mapper that says the same makes no revision either', async () => {
  const world = await closed();
  await mark(world, 'handoff');
  await closeWith(world, renumbered(world), 600 * second);
  expect(world.records()).toHaveLength(1);
  expect(world.head()).toMatchObject({ state: 'closed' });
});

test('code that says something else makes the next revision, which says what changed; no execution is started for it', async () => {
  const world = await closed();
  await mark(world, 'records');
  await closeWith(world, mended(world), idleMs);
  expect(world.records()).toMatchObject([
    { revision: 1 },
    { revision: 2, pane: 'late', supersedes: 1, changed: expect.arrayContaining(['endedAt']) as unknown },
  ]);
  expect([executionsOf(world), world.topic.published().length]).toEqual([1, 2]);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 2 });
});

test('nor by any later close that finds nothing new, under whatever policy', async () => {
  const world = await closed();
  await mark(world, 'records');
  await closeWith(world, mended(world), idleMs);
  for (const handoffPolicy of ['final', 'every', 'first']) {
    await world.admit(idleMs, started);
    await closeWith(world, mended(world), 3 * idleMs, { handoffPolicy });
    expect(world.head()).toMatchObject({ state: 'closed', finished: 2 });
  }
  expect(executionsOf(world)).toBe(1);
});

test('with the handoff asked for, the policy decides, and what was only rebuilt before is handed off now', async () => {
  const world = await closed();
  await mark(world, 'records');
  await closeWith(world, mended(world), idleMs);
  await mark(world, 'handoff', 'two');
  await closeWith(world, mended(world), idleMs, { handoffPolicy: 'first' });
  expect([world.records().length, executionsOf(world)]).toEqual([2, 1]);
  await mark(world, 'handoff', 'three');
  await closeWith(world, mended(world), idleMs);
  expect([world.records().length, executionsOf(world)]).toEqual([3, 2]);
  await mark(world, 'handoff', 'four');
  await closeWith(world, mended(world), idleMs);
  expect([world.records().length, executionsOf(world)]).toEqual([3, 2]);
});

test('with news besides, the policy decides as ever: what only records are asked for is handed off like any late revision', async () => {
  const world = await closed();
  await world.admit(100 * second, outcome);
  await mark(world, 'records');
  await closeWith(world, mended(world), idleMs);
  expect(world.records()).toMatchObject([{ revision: 1 }, { revision: 2, eventCount: 3 }]);
  expect(executionsOf(world)).toBe(2);
  expect(world.head()).not.toHaveProperty('rebuild');
});

test('a window that is open and not over stays marked until it closes', async () => {
  const world = await closed();
  await world.admit(400 * second, feedMessage({ type: 'customer.start', session: 'again', at: minute(6) }));
  await mark(world, 'records', 'one', 410 * second);
  expect(await world.closeDue(450 * second)).toEqual(['left']);
  expect(world.head()).toMatchObject({ state: 'open', rebuild: 'records one' });
});

test('what was not yet recorded is only marked: its first record is made by whoever closes it', async () => {
  const world = setUp();
  await world.admit(0, started, ended);
  await mark(world, 'records', 'one', 10 * second);
  expect(world.head()).toMatchObject({ dueAt: 45 * second, rebuild: 'records one' });
  await world.closeDue(45 * second);
  expect([world.records().length, executionsOf(world)]).toEqual([1, 1]);
  expect(world.head()).not.toHaveProperty('rebuild');
});

test('a parked window is left to the person it waits for', async () => {
  const world = await closed();
  const parked = { ...world.head()!, state: 'parked' } as const;
  expect(markForRebuild(settings, parked, { mode: 'records', id: 'one', watermarkMs: 1 }, 0)).toBeNull();
});

test('a record some of whose events have expired is kept as it is, whatever is asked for', async () => {
  const world = await closed();
  let gone = 0;
  world.memory.expire(Infinity, ({ sk }) => sk.startsWith('E#') && (gone += 1) === 1);
  await mark(world, 'handoff');
  await closeWith(world, mended(world), idleMs);
  expect([world.records().length, executionsOf(world)]).toEqual([1, 1]);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
});

describe('a mark that is set while its window is closing', () => {
  /** Closed by code from before, which has read its window when the mark is set. */
  const markedDuringClose = async (world: World, act: () => Promise<unknown>): Promise<void> => {
    const table = around('putRecord', 'before', act)(world.memory);
    const [due] = await world.memory.findDue('Q#000', 100 * second, 1);
    await createPipeline({ ...world.outside, table }, settings).close(due!, 100 * second);
  };

  test('is not taken away by that close: the next one is claimed with it', async () => {
    const world = setUp();
    await world.admit(0, started, ended);
    await markedDuringClose(world, () => mark(world, 'records', 'one', 100 * second));
    expect(world.head()).toMatchObject({ state: 'open', finished: 1, rebuild: 'records one', dueAt: 100 * second });
    await closeWith(world, mended(world), idleMs);
    expect(world.records()).toHaveLength(2);
    expect(world.head()).not.toHaveProperty('rebuild');
  });

  test('in place of the one that the close was claimed with, and beside a re-arming, is not taken away either', async () => {
    const world = await closed();
    await world.admit(50 * second, outcome);
    await mark(world, 'records', 'one', 90 * second);
    await markedDuringClose(world, async () => {
      await world.admit(60 * second, feedMessage({ type: 'flow.outcome', at: minute(2) }));
      await mark(world, 'records', 'two', 100 * second);
    });
    expect(world.head()).toMatchObject({ state: 'open', finished: 2, rebuild: rebuildMark('records', 'two') });
  });

  test('who asks for less does not take back what was asked for', async () => {
    const world = await closed();
    await mark(world, 'handoff', 'one');
    await mark(world, 'records', 'two');
    expect(world.head()).toMatchObject({ rebuild: 'handoff two' });
  });
});

test('a rebuild that dies between put and send is taken up, keeps its word, and makes no second revision', async () => {
  const world = await closed();
  await mark(world, 'records');
  const dying = around('putRecord', 'after', crash)(world.memory);
  const pipeline = createPipeline({ ...world.outside, table: dying, registry: mended(world) }, settings);
  const [due] = await world.memory.findDue('Q#000', idleMs, 1);
  expect(await pipeline.close(due!, idleMs)).toBe('failed');
  await world.clock.advance(300 * second);
  await closeWith(world, mended(world), idleMs);
  expect(world.records()).toHaveLength(2);
  expect([executionsOf(world), world.topic.published().length]).toEqual([1, 2]);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 2 });
  expect(world.head()).not.toHaveProperty('rebuild');
});
