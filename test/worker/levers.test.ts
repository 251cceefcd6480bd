import { loadWindowConfig } from '../../src/config';
import type { Lever } from '../../src/core/on-call/levers';
import { seededRandom } from '../../src/memory/random';
import { createPipeline, type Pipeline } from '../../src/pipeline';
import type { Log } from '../../src/ports';
import { runWorker } from '../../src/worker';
import { createDownstreamHealth } from '../../src/worker/downstream-health';
import { heedLevers } from '../../src/worker/heed-levers';
import { createLeverWatch } from '../../src/worker/lever-watch';
import { createPulse } from '../../src/worker/pulse';
import { createTableHealth } from '../../src/worker/table-health';
import { feedMessage, noon } from '../factories';
import { memoryFleet } from '../memory/fleet';
import { memoryLeverBoard } from '../memory/lever-board';
import { memoryQueue } from '../memory/queue';
import { memoryOutside } from '../outside';

const second = 1_000;
const minute = 60 * second;
const settings = {
  ...loadWindowConfig({}),
  shards: 2,
  leaseMs: minute,
  tickMs: second,
  closeConcurrency: 4,
  heartbeatMs: 5 * second,
  visibilityMs: minute,
  longPollMs: 20 * second,
};

/** Workers over memory ports, a board that can fail, and calls that come at their times. */
const leverWorld = () => {
  const outside = { ...memoryOutside(), random: seededRandom(3) };
  const { clock } = outside;
  const memory = memoryLeverBoard();
  let isBroken = false;
  let admitting: 'all' | 'nothing' | 'never' | 'slowly' = 'all';
  const board = { ...memory, read: () => (isBroken ? Promise.reject(new Error('no answer')) : memory.read()) };
  const queue = memoryQueue({ clock, visibilityMs: settings.visibilityMs, longPollMs: settings.longPollMs });
  const fleet = memoryFleet();
  const said: string[] = [];
  const write = (message: string, fields: object = {}): void => void said.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { debug: () => undefined, info: write, warn: write, error: write };

  const start = () => {
    const [soft, death, over] = [new AbortController(), new AbortController(), new AbortController()];
    const own = {
      ...clock,
      sleep: async (ms: number, signal?: AbortSignal) => {
        await clock.sleep(ms, signal);
        if (death.signal.aborted) await new Promise(() => undefined);
      },
    };
    const levers = createLeverWatch({ ...outside, clock: own, log, board }, settings);
    const calls = { ...outside, clock: own, log, levers };
    const health = heedLevers(createTableHealth({ ...calls, fleet }), levers);
    const { admit, close } = createPipeline({ ...calls, table: health.table }, settings);
    const pipeline: Pipeline = {
      close,
      admit: async (...given) => {
        if (admitting === 'nothing') return [];
        if (admitting === 'never') await new Promise(() => undefined);
        if (admitting === 'slowly') await own.sleep(2 * second);
        return admit(...given);
      },
    };
    const intake = queue.intake({ died: death.signal });
    const stop = { soft: soft.signal, hard: new AbortController().signal };
    const pulse = createPulse(own);
    const run = async () => {
      const reading = levers.run(over.signal);
      await levers.learn(stop.soft);
      const outside = { ...calls, queue: intake, health, downstream: createDownstreamHealth(calls), pipeline };
      await runWorker(outside, settings, stop, pulse);
      over.abort();
      await reading;
    };
    return { running: run(), levers, pulse, health, stop: () => soft.abort(), kill: () => death.abort() };
  };

  const pull = (lever: Lever) => board.pause({ lever, sinceMs: clock.nowMs(), who: 'arn:aws:iam::1:user/ada', reason: 'canary' });
  const states = () => outside.table.heads().map(({ state }) => state);
  return {
    ...{ ...outside, ...board, pull, start, queue, fleet, said, states },
    setBroken: (broken: boolean): void => void (isBroken = broken),
    setAdmitting: (how: typeof admitting): void => void (admitting = how),
  };
};

type LeverWorld = ReturnType<typeof leverWorld>;

const sendCall = (world: LeverWorld, call: string, type: string, session = 'customer'): void => {
  const at = world.clock.nowMs();
  world.queue.send(JSON.stringify(feedMessage({ conversation: call, type, session, participant: session, at })));
};

/** Begins and ends at once: complete, as far as anybody can see. */
const sendWholeCall = (world: LeverWorld, call: string): void => {
  sendCall(world, call, 'customer.start');
  sendCall(world, call, 'customer.end');
};

test('within seconds of a pause of intake nothing is received any more, and within seconds of its end all is', async () => {
  const world = leverWorld();
  const [first, second_] = [world.start(), world.start()];
  await world.clock.advance(10 * second);
  await world.pull('intake');
  // A heartbeat until it is read, and the long poll that is under way.
  await world.clock.advance(26 * second);
  sendWholeCall(world, 'call-1');
  await world.clock.advance(60 * minute);
  expect(world.queue.counts()).toEqual({ visible: 2, inFlight: 0 });
  await world.resume('intake');
  await world.clock.advance(6 * second);
  expect(world.queue.counts()).toEqual({ visible: 0, inFlight: 0 });
  expect(await world.clock.advanceUntil(() => world.states().join() === 'closed', 3 * minute)).toBe(true);
  for (const worker of [first, second_]) worker.stop();
  await world.clock.advance(30 * second);
  await Promise.all([first.running, second_.running]);
  expect(world.clock.nextWakeMs()).toBeNull();
});

test.each([
  ['what is handed back as it begins', false],
  ['what is in the hands of a worker that dies as it begins', true],
])(
  'nothing closes early for a pause of intake: %s is in the first revision, though a backlog comes before it',
  async (_, dies) => {
    const world = leverWorld();
    const first = world.start();
    await world.clock.advance(30 * second);
    sendWholeCall(world, 'call-1');
    await world.clock.advance(second);
    // What looks final is in the table; the rest of the call does not get there before the pause.
    world.setAdmitting(dies ? 'never' : 'nothing');
    sendCall(world, 'call-1', 'acd.start', 'acd');
    sendCall(world, 'call-1', 'acd.end', 'acd');
    await world.clock.advance(second);
    if (dies) {
      first.kill();
      world.start();
    }
    await world.pull('intake');
    await world.clock.advance(30 * second);
    expect(world.queue.counts().visible + world.queue.counts().inFlight).toBe(2);
    world.setAdmitting('slowly');
    await world.clock.advance(60 * minute);
    expect(world.states()).toEqual(['open']);
    const backlog = Array.from({ length: 200 }, (_none, call) => `call-${String(call + 2)}`);
    for (const call of backlog) sendWholeCall(world, call);
    await world.resume('intake');
    const isQuiet = () => world.states().length === 201 && world.states().every((state) => state === 'closed');
    expect(await world.clock.advanceUntil(isQuiet, 10 * minute)).toBe(true);
    const late = world.table.records().filter(({ record }) => record.revision > 1);
    expect(late.map(({ record }) => record.conversationId)).toEqual([]);
  },
);

test('while closing is paused nothing is claimed and all is admitted; when it is over, all is closed', async () => {
  const world = leverWorld();
  world.start();
  await world.clock.advance(10 * second);
  await world.pull('closing');
  await world.clock.advance(5 * second);
  sendWholeCall(world, 'call-1');
  await world.clock.advance(60 * minute);
  expect(world.queue.counts()).toEqual({ visible: 0, inFlight: 0 });
  expect(world.states()).toEqual(['open']);
  await world.resume('closing');
  expect(await world.clock.advanceUntil(() => world.states().join() === 'closed', 10 * second)).toBe(true);
});

test('a worker that starts during a pause heeds it, and one that cannot read the levers begins nothing', async () => {
  const world = leverWorld();
  await world.pull('intake');
  sendWholeCall(world, 'call-1');
  world.start();
  await world.clock.advance(10 * minute);
  expect(world.queue.counts()).toEqual({ visible: 2, inFlight: 0 });
  world.setBroken(true);
  await world.resume('intake');
  const blind = world.start();
  await world.clock.advance(10 * minute);
  expect(await world.fleet.members()).toHaveLength(1);
  expect(world.queue.counts()).toEqual({ visible: 2, inFlight: 0 });
  world.setBroken(false);
  expect(await world.clock.advanceUntil(() => world.states().join() === 'closed', 3 * minute)).toBe(true);
  expect(await world.fleet.members()).toHaveLength(2);
  blind.stop();
  await world.clock.advance(30 * second);
  await blind.running;
});

test('levers that cannot be read stay as they were, and that is said once', async () => {
  const world = leverWorld();
  const { levers } = world.start();
  await world.clock.advance(6 * second);
  await world.pull('handoff');
  await world.clock.advance(5 * second);
  world.setBroken(true);
  await world.resume('handoff');
  await world.clock.advance(minute);
  expect(levers.isPaused('handoff')).toBe(true);
  expect(levers.isPaused('intake')).toBe(false);
  expect(world.said.filter((line) => line.includes('could not be read'))).toHaveLength(1);
  world.setBroken(false);
  await world.clock.advance(5 * second);
  expect(levers.isPaused('handoff')).toBe(false);
});

test('a pause is said when it is read, by whom and since when, then now and then, and when it is over; its metric is 1', async () => {
  const world = leverWorld();
  world.start();
  await world.clock.advance(6 * second);
  expect(world.metrics.sum('LeverPaused')).toBe(0);
  await world.pull('closing');
  await world.clock.advance(11 * minute);
  await world.resume('closing');
  await world.clock.advance(5 * second);
  const about = { lever: 'closing', who: 'arn:aws:iam::1:user/ada', sinceMs: noon + 6 * second };
  expect(world.said.filter((line) => line.includes('closing'))).toEqual([
    `Closing is paused, by a person; who resumes it ends that. ${JSON.stringify(about)}`,
    `Closing is still paused, by a person; who resumes it ends that. ${JSON.stringify(about)}`,
    `Closing is still paused, by a person; who resumes it ends that. ${JSON.stringify(about)}`,
    'Closing goes on: it was resumed. {"lever":"closing"}',
  ]);
  expect(world.said.join()).not.toContain('canary');
  expect(world.metrics.sum('LeverPaused closing')).toBeGreaterThan(100);
  expect(world.metrics.sum('LeverPaused')).toBe(world.metrics.sum('LeverPaused closing'));
});

test('an hour in which intake is paused leaves every loop turning, and the worker healthy', async () => {
  const world = leverWorld();
  const worker = world.start();
  await world.pull('intake');
  await world.pull('closing');
  await world.clock.advance(30 * second);
  sendWholeCall(world, 'call-1');
  await world.clock.advance(60 * minute);
  expect(world.queue.counts()).toEqual({ visible: 2, inFlight: 0 });
  expect(worker.pulse.look().map(({ loop, turns }) => [loop, turns])).toEqual([
    ['heartbeat', true],
    ['close', true],
    ['receive', true],
  ]);
  worker.kill();
});
