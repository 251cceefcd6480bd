import type { DetailsAnswer } from '../../src/core/genesys-answers';
import { ended, scripted, second, setUp, started } from './world';

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
