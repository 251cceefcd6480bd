import { createSchemaRegistry } from '../src/core/schema-registry';
import { silentLog } from '../src/log';
import { virtualClock } from '../src/memory/clock';
import { memoryDeadLetterQueue } from '../src/memory/dead-letter-queue';
import { seededRandom } from '../src/memory/random';
import { memoryRecordTopic } from '../src/memory/record-topic';
import { memoryStateMachine } from '../src/memory/state-machine';
import { memoryWindowTable } from '../src/memory/window-table';
import { createPipeline } from '../src/pipeline';
import type { ConversationDetails, DetailsAnswer, Message, WindowTable } from '../src/ports';
import { readSchemaFiles } from '../src/schema-files';
import type { Outside, PipelineSettings } from '../src/steps/outside';
import { endMarkMessage, feedMessage, minute } from './factories';

const registry = createSchemaRegistry(readSchemaFiles());
const second = 1_000;
const settings: PipelineSettings = {
  holdMs: 45 * second,
  acwHoldMs: 300 * second,
  idleMs: 3_600 * second,
  holdCapMs: 1_800 * second,
  leaseMs: 60 * second,
  maxAttempts: 3,
  shards: 1,
  retentionMs: 86_400 * second,
  eventRetentionMs: 86_400 * second,
  allowedSources: [],
  enrichmentSteps: ['fetch_crm_contact'],
  notReadyGapMs: 10 * second,
  notReadyMax: 2,
};

/** Genesys as a script: one answer a question, the last one for ever. */
const scripted = (...answers: readonly DetailsAnswer[]): ConversationDetails => {
  let asked = 0;
  return {
    fetch: (ids) => {
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? { kind: 'absent' };
      return Promise.resolve(new Map(ids.map((id) => [id, answer])));
    },
  };
};

const setUp = (changed: Partial<Outside> = {}, wrap: (table: WindowTable) => WindowTable = (table) => table) => {
  const clock = virtualClock();
  const memory = memoryWindowTable();
  const stateMachine = memoryStateMachine();
  const topic = memoryRecordTopic();
  const deadLetters = memoryDeadLetterQueue('test');
  const outside: Outside = {
    program: 'test',
    clock,
    random: seededRandom(1),
    log: silentLog,
    metrics: { add: () => undefined },
    registry,
    table: wrap(memory),
    deadLetters,
    details: null,
    stateMachine,
    topic,
    ...changed,
  };
  const pipeline = createPipeline(outside, settings);
  let count = 0;
  const message = (body: object, sentAtMs: number): Message => {
    const id = String((count += 1));
    return { id, body: JSON.stringify(body), sentAtMs, receiveCount: 1, handle: id };
  };
  const admit = async (sentAtMs: number, ...bodies: readonly object[]): Promise<number> =>
    (await pipeline.admit(bodies.map((body) => message(body, sentAtMs)), 0)).length; // prettier-ignore
  /** Closes what is due on either clock; answers how each close ended. */
  const closeDue = async (watermarkMs: number): Promise<readonly string[]> => {
    const due = [...(await memory.findDue('Q#000', watermarkMs, 10)), ...(await memory.findDue('W#000', clock.nowMs(), 10))];
    const outcomes: string[] = [];
    for (const one of due) outcomes.push(await pipeline.close(one, watermarkMs));
    return outcomes;
  };
  const head = () => memory.heads()[0];
  const records = () => memory.records().map(({ record }) => record);
  return { clock, memory, stateMachine, topic, deadLetters, pipeline, outside, admit, closeDue, head, records };
};

const started = feedMessage({ type: 'customer.start', at: minute(0) });
const ended = feedMessage({ type: 'customer.end', at: minute(1) });
const outcome = feedMessage({ type: 'flow.outcome', at: minute(1.5) });

/** Lets a call of the table through, and does something right before or after it, once. */
const around =
  (name: keyof WindowTable, when: 'before' | 'after', act: () => Promise<unknown>) =>
  (table: WindowTable): WindowTable => {
    let done = false;
    const call = table[name] as (...args: unknown[]) => Promise<unknown>;
    const wrapped = async (...args: unknown[]): Promise<unknown> => {
      const isFirst = !done;
      done = true;
      if (isFirst && when === 'before') await act();
      const answer = await call(...args);
      if (isFirst && when === 'after') await act();
      return answer;
    };
    return { ...table, [name]: wrapped };
  };

const crash = (): Promise<never> => Promise.reject(new Error('the answer was lost'));

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

  test("starts with the four documented fields, the record and its details' status", async () => {
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

describe('an event that arrives while its window is closing', () => {
  test('after the close has read its events leads to the next revision', async () => {
    let arrive: () => Promise<unknown> = crash;
    const world = setUp(
      {},
      around('putRecord', 'before', () => arrive()),
    );
    arrive = () => world.admit(45 * second, outcome);
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(world.head()).toMatchObject({ state: 'open', finished: 1, dueAt: 90 * second });
    await world.closeDue(90 * second);
    expect(world.records()).toMatchObject([{ eventCount: 2 }, { eventCount: 3, pane: 'late' }]);
    expect(world.head()).toMatchObject({ state: 'closed', finished: 2 });
  });

  test('just before the close would leave is looked at when its own hold has passed', async () => {
    const world = setUp();
    await world.admit(0, started, feedMessage({ type: 'user.start', session: 'leg', at: minute(0.5) }), ended);
    const [due] = await world.memory.findDue('Q#000', 45 * second, 1);
    const racing = createPipeline(
      {
        ...world.outside,
        table: around('updateHead', 'after', () => world.admit(50 * second, feedMessage({ type: 'user.end', session: 'leg', at: minute(1) })))(world.memory),
      },
      settings,
    ); // prettier-ignore
    await racing.close(due!, 45 * second);
    expect(world.head()).toMatchObject({ state: 'open', dueAt: 95 * second });
  });
});

describe('a close that is cut short', () => {
  test('after the record was put is taken up by the next, with the same bytes, and only then compared', async () => {
    const world = setUp({}, around('putRecord', 'after', crash));
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['failed']);
    const bytes = world.memory.records()[0]!.outbox.execution!.input;
    await world.clock.advance(300 * second);
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect([...world.stateMachine.executions().values()]).toEqual([bytes]);
    expect(world.head()).toMatchObject({ state: 'open', finished: 1, dueAt: 45 * second });
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
    expect(world.records()).toHaveLength(1);
  });

  test('after the execution was started starts no other', async () => {
    let isFirst = true;
    const machine = memoryStateMachine();
    const forgetful: Outside['stateMachine'] = {
      start: async (execution) => {
        const answer = await machine.start(execution);
        if (isFirst) {
          isFirst = false;
          throw new Error('the answer was lost');
        }
        return answer;
      },
    };
    const world = setUp({ stateMachine: forgetful });
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['failed']);
    await world.clock.advance(300 * second);
    await world.closeDue(45 * second);
    await world.closeDue(45 * second);
    expect(machine.executions().size).toBe(1);
    expect(world.head()).toMatchObject({ state: 'closed' });
  });

  test('by a claim that ran out does nothing more: the other close has the window', async () => {
    const world = setUp();
    await world.admit(0, started, ended);
    const [due] = await world.memory.findDue('Q#000', 45 * second, 1);
    const paused = createPipeline(
      {
        ...world.outside,
        table: around('putRecord', 'after', async () => {
          await world.clock.advance(61 * second);
          await world.closeDue(45 * second);
        })(world.memory),
      },
      settings,
    );
    expect(await paused.close(due!, 45 * second)).toBe('elsewhere');
    while (world.head()?.state !== 'closed') await world.closeDue(100 * second);
    expect(world.records()).toHaveLength(1);
    expect(world.stateMachine.executions().size).toBe(1);
  });

  test('too often parks the window, which waits for a person and loses nothing', async () => {
    const broken: Outside['stateMachine'] = { start: () => Promise.reject(new Error('no such machine')) };
    const world = setUp({ stateMachine: broken });
    await world.admit(0, started, ended);
    for (const expected of ['failed', 'failed', 'failed', 'parked']) {
      expect(await world.closeDue(45 * second)).toEqual([expected]);
      await world.clock.advance(600 * second);
    }
    expect(world.head()).toMatchObject({ state: 'parked', lastError: 'Error: no such machine' });
    expect(await world.admit(50 * second, outcome)).toBe(1);
    expect(await world.closeDue(9_999 * second)).toEqual([]);
  });
});

describe("Genesys's details", () => {
  const complete: DetailsAnswer = { kind: 'complete', details: { conversationId: 'conversation-1' } };
  const handedOff = (world: ReturnType<typeof setUp>): unknown => {
    const [input] = [...world.stateMachine.executions().values()];
    const { callDetails, callDetailsStatus } = JSON.parse(input!) as Record<string, unknown>;
    return { callDetails, callDetailsStatus };
  };

  test('that are not there yet are waited for, and waiting is not failing', async () => {
    const world = setUp({ details: scripted({ kind: 'absent' }, { kind: 'incomplete', details: {} }, complete) });
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['waiting']);
    expect(world.head()).toMatchObject({ state: 'closing', attempts: 0, waits: 1 });
    await world.clock.advance(10 * second);
    expect(await world.closeDue(45 * second)).toEqual(['waiting']);
    await world.clock.advance(20 * second);
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(handedOff(world)).toEqual({ callDetails: { conversationId: 'conversation-1' }, callDetailsStatus: 'complete' });
    expect(world.head()).toMatchObject({ state: 'closed', waits: 0 });
  });

  test('that never come are waited for a bounded number of times', async () => {
    const world = setUp({ details: scripted({ kind: 'absent' }) });
    await world.admit(0, started, ended);
    for (const expected of ['waiting', 'waiting', 'closed']) {
      expect(await world.closeDue(45 * second)).toEqual([expected]);
      await world.clock.advance(60 * second);
    }
    expect(handedOff(world)).toEqual({ callDetails: null, callDetailsStatus: 'absent' });
  });

  test('that cannot be asked for now are waited for as long as it takes', async () => {
    const busy: DetailsAnswer = { kind: 'unavailable', why: 'too.many.requests', retryAfterMs: 1_000 };
    const world = setUp({ details: scripted(busy, busy, busy, busy, busy, busy, complete) });
    await world.admit(0, started, ended);
    for (let round = 0; round < 6; round++) {
      expect(await world.closeDue(45 * second)).toEqual(['waiting']);
      await world.clock.advance(1_000);
    }
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
  });

  test('that are refused do not hold the handoff up', async () => {
    const world = setUp({ details: scripted({ kind: 'refused', why: 'analytics:conversationDetail:view is missing' }) });
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(handedOff(world)).toEqual({ callDetails: null, callDetailsStatus: 'failed' });
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
