import type { Lever } from '../../src/core/on-call/levers';
import type { DetailsAnswer } from '../../src/core/genesys-answers';
import { around, crash, ended, outcome, second, setUp, started } from './world';

/* Somebody has paused the handoff: windows that would start an execution wait, all others close. */

const board = (...pulled: readonly Lever[]) => {
  let paused: readonly Lever[] = pulled;
  return {
    levers: { isPaused: (lever: Lever) => paused.includes(lever) },
    resume: () => void (paused = []),
    pause: () => void (paused = ['handoff']),
  };
};

const minute = 60 * second;

test('while the handoff is paused nothing goes out of a window that would start an execution, and none of its attempts count', async () => {
  const { levers } = board('handoff');
  const world = setUp({ levers });
  await world.admit(0, started, ended);
  for (let looks = 0; looks < 20; looks++) {
    expect(await world.closeDue(45 * second)).toEqual(['waiting']);
    await world.clock.advance(minute);
  }
  expect(world.head()).toMatchObject({ state: 'closing', attempts: 0, waits: 0 });
  expect([world.records(), world.topic.published(), world.stateMachine.executions().size]).toEqual([[], [], 0]);
});

test('after the resume it goes out within a minute, with what has come meanwhile, as one revision', async () => {
  const { levers, resume } = board('handoff');
  const world = setUp({ levers });
  await world.admit(0, started, ended);
  expect(await world.closeDue(45 * second)).toEqual(['waiting']);
  await world.admit(50 * second, outcome);
  resume();
  await world.clock.advance(minute);
  expect(await world.closeDue(200 * second)).toEqual(['closed']);
  expect(await world.closeDue(200 * second)).toEqual(['closed']);
  expect(world.records()).toMatchObject([{ revision: 1, eventCount: 3, pane: 'on_time' }]);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
  expect(world.stateMachine.executions().size).toBe(1);
});

test('what starts none closes: an early record, and one that the policy does not hand off', async () => {
  const { levers, resume, pause } = board('handoff');
  const world = setUp({ levers }, undefined, { handoffPolicy: 'first', emitPartialEveryMs: minute });
  await world.admit(0, started);
  await world.closeDue(minute);
  expect(world.records()).toMatchObject([{ pane: 'early' }]);
  resume();
  await world.admit(70 * second, ended);
  await world.closeDue(115 * second);
  pause();
  await world.admit(200 * second, outcome);
  await world.closeDue(245 * second);
  expect(world.records().map(({ pane }) => pane)).toEqual(['early', 'on_time', 'late']);
  expect(world.stateMachine.executions().size).toBe(1);
});

test('Genesys is asked for nothing by a window that waits for the resume', async () => {
  let asked = 0;
  const complete: DetailsAnswer = { kind: 'complete', details: {} };
  const details = { fetch: () => ((asked += 1), Promise.resolve(new Map([['conversation-1', complete]]))) };
  const { levers, resume } = board('handoff');
  const world = setUp({ levers, details });
  await world.admit(0, started, ended);
  await world.closeDue(45 * second);
  expect(asked).toBe(0);
  resume();
  await world.clock.advance(minute);
  await world.closeDue(45 * second);
  expect([asked, world.stateMachine.executions().size]).toEqual([1, 1]);
});

test('a record that was put before the pause and not yet sent waits, too, and then goes out with its own bytes', async () => {
  const { levers, resume, pause } = board();
  const world = setUp({ levers }, around('putRecord', 'after', crash));
  await world.admit(0, started, ended);
  expect(await world.closeDue(45 * second)).toEqual(['failed']);
  const bytes = world.memory.records()[0]!.outbox.execution!.input;
  pause();
  for (let looks = 0; looks < 3; looks++) {
    await world.clock.advance(minute);
    expect(await world.closeDue(45 * second)).toEqual(['waiting']);
  }
  expect([world.topic.published(), world.stateMachine.executions().size]).toEqual([[], 0]);
  resume();
  await world.clock.advance(minute);
  await world.closeDue(45 * second);
  await world.closeDue(45 * second);
  expect([...world.stateMachine.executions().values()]).toEqual([bytes]);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 1 });
});
