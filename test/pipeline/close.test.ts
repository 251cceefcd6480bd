import { ItemRefusedError } from '../../src/core/errors';
import type { WindowTable } from '../../src/ports';
import { endMarkMessage, feedMessage, minute } from '../factories';
import { ended, outcome, scripted, second, settings, setUp, started } from './world';

describe('a conversation that ends', () => {
  test('gives one final record, one execution with the same bytes as stored, one publication', async () => {
    const world = setUp();
    expect(await world.admit(0, started, ended)).toBe(2);
    expect(await world.closeDue(44 * second)).toEqual([]);
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(world.records()).toMatchObject([
      { revision: 1, pane: 'on_time', status: 'final', supersedes: null, changed: [], eventCount: 2 },
    ]);
    const stored = world.memory.records()[0]!;
    expect([...world.stateMachine.executions()]).toEqual([[stored.outbox.execution!.name, stored.outbox.execution!.input]]);
    expect(world.topic.published()).toEqual([stored.outbox.notification]);
    expect(world.head()).toMatchObject({ state: 'closed', finished: 1, attempts: 0 });
    expect(world.head()).not.toHaveProperty('token');
  });

  test("starts with the four documented fields, the record, its details' status, and how long it is kept", async () => {
    const world = setUp();
    await world.admit(0, endMarkMessage());
    await world.closeDue(45 * second);
    const [input] = [...world.stateMachine.executions().values()];
    expect(JSON.parse(input!)).toEqual({
      conversationId: 'conversation-1',
      timestamp: new Date(world.clock.nowMs()).toISOString(),
      callDetails: null,
      callDetailsStatus: 'absent',
      enrichmentSteps: ['fetch_crm_contact'],
      record: world.records()[0],
      identities: [],
      expiresAt: (world.clock.nowMs() + settings.retentionMs) / 1_000,
    });
  });

  test('and then is told again says nothing new', async () => {
    const world = setUp();
    await world.admit(0, started, ended);
    await world.closeDue(45 * second);
    await world.admit(100 * second, started, ended);
    expect(world.head()).toMatchObject({ state: 'open' });
    expect(await world.closeDue(200 * second)).toEqual(['closed']);
    expect(world.records()).toHaveLength(1);
    expect(world.stateMachine.executions().size).toBe(1);
  });

  test('and then gets a late event is revised: the next revision names what changed', async () => {
    const world = setUp();
    await world.admit(0, started, ended);
    await world.closeDue(45 * second);
    await world.admit(100 * second, outcome);
    await world.closeDue(145 * second);
    expect(world.records()).toMatchObject([{ revision: 1 }, { revision: 2, pane: 'late', supersedes: 1, status: 'final' }]);
    expect(world.records()[1]!.changed).toEqual(expect.arrayContaining(['eventCount', 'lifecycle']));
    expect(world.stateMachine.executions().size).toBe(2);
  });

  test('while its newest event is younger than the hold stays open', async () => {
    const world = setUp();
    await world.admit(0, started, ended);
    await world.admit(30 * second, outcome);
    expect(await world.closeDue(45 * second)).toEqual(['left']);
    expect(world.head()).toMatchObject({ state: 'open', dueAt: 75 * second, attempts: 0 });
    expect(await world.closeDue(75 * second)).toEqual(['closed']);
    expect(world.records()).toMatchObject([{ eventCount: 3 }]);
  });
});

describe('a conversation whose events have expired', () => {
  test('keeps its record, and gets no new one for a duplicate', async () => {
    const world = setUp();
    await world.admit(0, started, ended);
    await world.closeDue(45 * second);
    world.memory.expire(Infinity, ({ sk }) => sk.startsWith('E#') && sk.includes(String(minute(0))));
    await world.admit(100 * second, ended);
    await world.closeDue(145 * second);
    expect(world.records()).toHaveLength(1);
  });

  test('says so in its next revision, instead of quietly shrinking', async () => {
    const world = setUp();
    await world.admit(0, started, ended);
    await world.closeDue(45 * second);
    world.memory.expire(Infinity, ({ sk }) => sk.startsWith('E#'));
    await world.admit(100 * second, feedMessage({ type: 'customer.end', session: 'second', at: minute(3) }));
    await world.closeDue(145 * second);
    expect(world.records()[1]).toMatchObject({ revision: 2, status: 'partial', supersedes: 1 });
    expect(world.records()[1]!.missing).toContain('expired-history');
    await world.admit(200 * second, feedMessage({ type: 'flow.outcome', session: 'second', at: minute(4) }));
    await world.closeDue(245 * second);
    expect(world.records()[2]).toMatchObject({ revision: 3, status: 'partial' });
    expect(world.records()[2]!.missing).toContain('expired-history');
  });
});

test('an incomplete conversation gives up when it has been idle, and is handed off as partial', async () => {
  const world = setUp({ details: scripted({ kind: 'absent' }) });
  await world.admit(0, started);
  expect(await world.closeDue(3_599 * second)).toEqual([]);
  expect(await world.closeDue(3_600 * second)).toEqual(['closed']);
  expect(world.records()).toMatchObject([{ status: 'partial', pane: 'on_time' }]);
  expect(world.stateMachine.executions().size).toBe(1);
});

test('a conversation of 10,000 events travels without its lifecycle, and is stored whole', async () => {
  const world = setUp();
  const updates = Array.from({ length: 10_000 }, (_, index) =>
    feedMessage({ type: 'attributes', session: null, at: minute(0) + index }),
  );
  for (let from = 0; from < updates.length; from += 500) await world.admit(0, ...updates.slice(from, from + 500));
  await world.admit(0, ended);
  await world.closeDue(45 * second);
  const [record] = world.records();
  expect(record?.lifecycle).toHaveLength(10_001);
  const [notification] = world.topic.published();
  expect(JSON.parse(notification!.message)).toMatchObject({ lifecycle: [], lifecycleOmitted: 10_001, eventCount: 10_001 });
  const [input] = [...world.stateMachine.executions().values()];
  expect(JSON.parse(input!)).toMatchObject({ record: { lifecycle: [], lifecycleOmitted: 10_001 } });
});

test('a record that no item can hold is kept without its lists, and handed off all the same', async () => {
  const narrow = (table: WindowTable): WindowTable => ({
    ...table,
    putRecord: (stored, expiresAtMs) =>
      stored.record.lifecycle.length > 0
        ? Promise.reject(new ItemRefusedError('over 400 KB'))
        : table.putRecord(stored, expiresAtMs),
  });
  const world = setUp({}, narrow);
  await world.admit(0, started, ended);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  expect(world.records()).toMatchObject([{ status: 'final', eventCount: 2, lifecycle: [], lifecycleOmitted: 2, sessions: [] }]);
  const [input] = [...world.stateMachine.executions().values()];
  expect(JSON.parse(input!)).toMatchObject({ record: { eventCount: 2, lifecycle: [{}, {}] } });
});
