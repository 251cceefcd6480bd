import { CallRefusedError } from '../../src/core/errors';
import { createPipeline } from '../../src/pipeline';
import { memoryStateMachine } from '../../src/memory/state-machine';
import type { JsonObject } from '../../src/core/json';
import type { WindowPage, WindowTable } from '../../src/ports';
import type { Outside } from '../../src/steps/outside';
import { feedMessage, minute } from '../factories';
import { around, crash, ended, outcome, second, settings, setUp, started } from './world';

const ofNow: readonly string[] = ['identities', 'expiresAt'];

/** A window as an earlier version left it: its record is to be sent with this input. */
async function* asOlder(pages: AsyncIterable<WindowPage>, input: string): AsyncIterable<WindowPage> {
  for await (const { events, records } of pages)
    yield {
      events,
      records: records.map((stored) => {
        const { execution, notification } = stored.outbox;
        return { ...stored, outbox: { notification, execution: execution && { ...execution, input } } };
      }),
    };
}

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

  test('by a version of ours that wrote less into the input is taken up with what that one wrote', async () => {
    const world = setUp({}, around('putRecord', 'after', crash));
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['failed']);
    const [stored] = world.memory.records();
    const now = JSON.parse(stored!.outbox.execution!.input) as JsonObject;
    const input = JSON.stringify(Object.fromEntries(Object.entries(now).filter(([field]) => !ofNow.includes(field))));
    const table = {
      ...world.memory,
      readWindow: (...asked: Parameters<WindowTable['readWindow']>) => asOlder(world.memory.readWindow(...asked), input),
    };
    await world.clock.advance(300 * second);
    const [due] = await world.memory.findDue('W#000', world.clock.nowMs(), 1);
    expect(await createPipeline({ ...world.outside, table }, settings).close(due!, 45 * second)).toBe('closed');
    expect([...world.stateMachine.executions().values()]).toEqual([input]);
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

  test('before a put that lands in the middle of the next close: its bytes are the ones, and then it is compared', async () => {
    const world = setUp();
    const overtaken: WindowTable['putRecord'] = async (stored, expiresAtMs) => {
      const { execution, notification } = stored.outbox;
      const first = { execution: { name: execution!.name, input: '{"by":"the first"}' }, notification };
      await world.memory.putRecord({ ...stored, outbox: first }, expiresAtMs);
      return world.memory.putRecord(stored, expiresAtMs);
    };
    await world.admit(0, started, ended);
    const [due] = await world.memory.findDue('Q#000', 45 * second, 1);
    const table = { ...world.memory, putRecord: overtaken };
    await createPipeline({ ...world.outside, table }, settings).close(due!, 45 * second);
    expect([...world.stateMachine.executions().values()]).toEqual(['{"by":"the first"}']);
    expect(world.head()).toMatchObject({ state: 'open', finished: 1 });
    await world.closeDue(45 * second);
    expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
  });

  test('by an outage is taken up when it is over: no number of tries parks a window that is not to blame', async () => {
    const machine = memoryStateMachine();
    let isDown = true;
    const world = setUp({
      stateMachine: { start: (execution) => (isDown ? Promise.reject(new Error('no answer')) : machine.start(execution)) },
    });
    await world.admit(0, started, ended);
    for (let spentMs = 0; spentMs < 3_600 * second; spentMs += 30 * second) {
      expect(await world.closeDue(45 * second)).toEqual(['failed']);
      await world.clock.advance(30 * second);
    }
    expect(world.head()).toMatchObject({
      state: 'closing',
      attempts: 0,
      lastError: expect.stringMatching(/^Error at /) as string,
    });
    isDown = false;
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
    expect(machine.executions().size).toBe(1);
  });

  const tooLarge = new CallRefusedError('too large');
  const refusing: Outside['stateMachine'] = { start: () => Promise.reject(tooLarge) };
  const { registry } = setUp().outside;
  const invalid: Outside['registry'] = {
    ...registry,
    validate: (subject, value) =>
      subject === 'tidemark.record' ? { ok: false, detail: 'it is not' } : registry.validate(subject, value),
  };

  const throwing: Outside['registry'] = {
    ...registry,
    validate: (subject, value) => {
      if (subject === 'tidemark.record') throw new TypeError('canary +49 30 4912');
      return registry.validate(subject, value);
    },
  };

  test.each([
    ['a call refused for what it is', { stateMachine: refusing }, 'CallRefusedError: too large'],
    ['our own code failing on what it holds', { registry: invalid }, 'because of OutputInvalidError: '],
    ['our own code throwing what it holds', { registry: throwing }, 'because of TypeError at '],
  ])('too often by %s parks the window, which waits for a person and loses nothing', async (_, broken, why) => {
    const world = setUp(broken);
    await world.admit(0, started, ended);
    for (const expected of ['failed', 'failed', 'failed', 'parked']) {
      expect(await world.closeDue(45 * second)).toEqual([expected]);
      await world.clock.advance(600 * second);
    }
    expect(world.head()).toMatchObject({ state: 'parked', dueOn: 'P', lastError: expect.stringContaining(why) as string });
    expect(world.head()?.lastError).not.toContain('canary');
    expect(await world.admit(50 * second, outcome)).toBe(1);
    expect(await world.closeDue(9_999 * second)).toEqual([]);
  });
});
