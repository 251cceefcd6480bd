import type { HandoffPolicy } from '../../src/core/handoff';
import { createPipeline } from '../../src/pipeline';
import type { DetailsAnswer } from '../../src/core/genesys-answers';
import { feedMessage, minute } from '../factories';
import { ended, outcome, scripted, second, settings, setUp, started } from './world';

/* One conversation from its first event to one that comes after its window closed, under each policy. */

const every = { emitPartialEveryMs: 60 * second };
const wrapUp = feedMessage({ type: 'wrapup', at: minute(2), body: { wrapupCode: 'sold' } });

type World = ReturnType<typeof setUp>;

const live = async (world: World): Promise<void> => {
  await world.admit(0, started);
  await world.closeDue(60 * second);
  await world.admit(70 * second, ended);
  await world.closeDue(115 * second);
  for (const [event, at] of [[outcome, 200], [wrapUp, 300]] as const) {
    await world.admit(at * second, event);
    await world.closeDue((at + 45) * second);
  }
}; // prettier-ignore

/** Each revision, and whether it was handed off: what its record decided, and what was started. */
const handedOff = (world: World): readonly string[] =>
  world.memory.records().map(({ record, outbox }) => {
    const isStarted = outbox.execution !== null && world.stateMachine.executions().has(outbox.execution.name);
    return `${record.pane} ${isStarted ? 'handed off' : '-'}`;
  });

test.each<[HandoffPolicy, readonly string[]]>([
  ['final', ['early -', 'on_time handed off', 'late handed off', 'late handed off']],
  ['every', ['early handed off', 'on_time handed off', 'late handed off', 'late handed off']],
  ['first', ['early -', 'on_time handed off', 'late -', 'late -']],
])('under `%s` every revision is stored and published, and handed off are %j', async (handoffPolicy, expected) => {
  const world = setUp({}, undefined, { ...every, handoffPolicy });
  await live(world);
  expect(handedOff(world)).toEqual(expected);
  expect(world.stateMachine.executions().size).toBe(expected.filter((one) => one.endsWith('handed off')).length);
  expect(world.topic.published()).toEqual(world.memory.records().map(({ outbox }) => outbox.notification));
  expect(world.records().map(({ changed }) => changed)).toEqual([
    [],
    expect.arrayContaining(['status', 'endedAt', 'eventCount']),
    ['eventCount', 'lifecycle', 'producedBy'],
    ['eventCount', 'lifecycle', 'producedBy', 'wrapUpCodes'],
  ]);
  expect(world.head()).toMatchObject({ state: 'closed', finished: 4 });
});

test('a revision that is not handed off waits for nothing and asks Genesys for nothing', async () => {
  let asked = 0;
  const complete: DetailsAnswer = { kind: 'complete', details: {} };
  const details = { fetch: () => ((asked += 1), Promise.resolve(new Map([['conversation-1', complete]]))) };
  const world = setUp({ details }, undefined, { ...every, handoffPolicy: 'first' });
  await live(world);
  expect([world.records().length, asked]).toEqual([4, 1]);
});

test('under `first` a conversation that gives up and completes later was handed off already', async () => {
  const world = setUp({}, undefined, { handoffPolicy: 'first' });
  await world.admit(0, started);
  await world.closeDue(3_600 * second);
  await world.admit(4_000 * second, ended);
  await world.closeDue(4_045 * second);
  expect(handedOff(world)).toEqual(['on_time handed off', 'late -']);
  expect(world.records()).toMatchObject([{ status: 'partial' }, { status: 'final' }]);
});

test('under `first` a last record that expired is no reason to start a second execution', async () => {
  const world = setUp({}, undefined, { handoffPolicy: 'first' });
  await world.admit(0, started, ended);
  await world.closeDue(45 * second);
  world.memory.expire(Infinity, ({ sk }) => sk.startsWith('R#'));
  await world.admit(100 * second, outcome);
  await world.closeDue(145 * second);
  expect(world.records()).toMatchObject([{ revision: 2, pane: 'late', supersedes: null }]);
  expect(world.stateMachine.executions().size).toBe(1);
});

describe('a policy that a deploy changes', () => {
  const policies: readonly HandoffPolicy[] = ['final', 'every', 'first'];
  const pairs = policies.flatMap((before) => policies.map((after) => [before, after] as const));

  test.each(pairs)(
    'from `%s` to `%s` leaves no conversation without an execution, and makes no revision again and again',
    async (before, after) => {
      const world = setUp({}, undefined, { ...every, handoffPolicy: before });
      const later = createPipeline(world.outside, { ...settings, ...every, handoffPolicy: after });
      const closeLater = async (watermarkMs: number): Promise<void> => {
        for (const due of await world.memory.findDue('Q#000', watermarkMs, 10)) await later.close(due, watermarkMs);
      };
      await world.admit(0, started);
      await world.closeDue(60 * second);
      await world.admit(70 * second, ended);
      await closeLater(115 * second);
      expect(handedOff(world)[1]).toBe('on_time handed off');
      await world.admit(200 * second, outcome);
      await world.closeDue(245 * second);
      expect(world.records()).toHaveLength(3);
      const counts: number[] = [];
      for (let at = 300; at < 900; at += 100) {
        await world.admit(at * second, outcome);
        await closeLater((at + 60) * second);
        counts.push(world.records().length);
      }
      // What `first` had held back, a policy that hands it off says once more, and then no more.
      const owed = before === 'first' && after !== 'first' ? 1 : 0;
      expect(counts).toEqual(counts.map(() => 3 + owed));
      expect(world.head()).toMatchObject({ state: 'closed' });
    },
  );
});

test('details that are late hold up the record on time, and not the early one before it', async () => {
  const world = setUp(
    { details: scripted({ kind: 'absent' }, { kind: 'absent' }, { kind: 'complete', details: {} }) },
    undefined,
    {
      ...every,
      handoffPolicy: 'every',
    },
  );
  await world.admit(0, started);
  expect(await world.closeDue(60 * second)).toEqual(['left']);
  await world.admit(70 * second, ended);
  expect(await world.closeDue(115 * second)).toEqual(['waiting']);
  await world.clock.advance(10 * second);
  expect(await world.closeDue(115 * second)).toEqual(['closed']);
  expect(handedOff(world)).toEqual(['early handed off', 'on_time handed off']);
});
