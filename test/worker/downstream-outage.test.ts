import { noon, topicMessage } from '../factories';
import type { Downstream } from './downstream-services';
import { minute, outageWorld, type OutageWorld, playOut, punctualTraffic } from './outage-world';

const everyMs = 15_000;
const traffic = punctualTraffic(40 * minute, everyMs);
const calls = (40 * minute) / everyMs;

const halfAnHour = (of: Downstream, failsAfterMs: number) => [
  { atMs: 5 * minute, act: (world: OutageWorld) => world.setAway({ of, failsAfterMs }) },
  { atMs: 35 * minute, act: (world: OutageWorld) => world.setAway(null) },
];

const said = ({ lines }: OutageWorld, message: string): number => lines.filter((line) => line.message === message).length;

describe.each([
  { of: 'genesys', name: 'Genesys', failsAfterMs: 100 },
  { of: 'genesys', name: 'Genesys', failsAfterMs: 29_000 },
  { of: 'stateMachine', name: 'Step Functions', failsAfterMs: 100 },
  { of: 'topic', name: 'SNS', failsAfterMs: 100 },
] as const)('an outage of half an hour: $name, calls that fail after $failsAfterMs ms', ({ of, name, failsAfterMs }) => {
  test('pauses closing, not admitting; costs few claims; and is soon made up for, with nothing left out', async () => {
    const world = outageWorld(5);
    world.start();
    world.start();
    let [claimed, asked] = [0, { calls: 0, underWay: 0, mostUnderWay: 0 }];
    await playOut(world, [
      ...traffic,
      ...halfAnHour(of, failsAfterMs),
      { atMs: 7 * minute, act: () => void (claimed = world.claims()) },
      { atMs: 8 * minute, act: () => void (world.asked.mostUnderWay = 0) },
      {
        atMs: 35 * minute - 1,
        act: () => {
          claimed = world.claims() - claimed;
          asked = { ...world.asked };
          const { visible, inFlight } = world.queue.counts();
          expect(visible + inFlight).toBeLessThan(5);
        },
      },
    ]);
    // Of some hundred windows that wait, each worker tries one or two a minute.
    expect(claimed).toBeLessThan(2 * 2 * 28);
    expect(asked.calls).toBeLessThan(claimed + 20);
    expect(asked.mostUnderWay).toBeLessThanOrEqual(2);
    expect(await world.clock.advanceUntil(world.isQuiet, 4 * minute)).toBe(true);
    expect(world.outcome()).toEqual({ overflowed: 0, finalRecords: calls, lateRevisions: 0 });
    const inputs = [...world.stateMachine.executions().values()].map((input) => JSON.parse(input) as object);
    expect(inputs).toHaveLength(calls);
    expect(inputs.every((input) => 'callDetailsStatus' in input && input.callDetailsStatus === 'complete')).toBe(true);
  });

  test('is said once when it begins, now and then while it lasts, and once when it is over', async () => {
    const world = outageWorld(5);
    world.start();
    await playOut(world, [...traffic, ...halfAnHour(of, failsAfterMs)]);
    await world.clock.advance(3 * minute);
    expect(said(world, `${name} does not answer: closing pauses.`)).toBe(1);
    expect(said(world, `${name} still does not answer.`)).toBeGreaterThanOrEqual(4);
    expect(said(world, `${name} still does not answer.`)).toBeLessThanOrEqual(6);
    expect(said(world, `${name} answers again: closing goes on.`)).toBe(1);
  });
});

test('a Retry-After of half an hour is waited for by all windows together, not found out by each', async () => {
  const world = outageWorld(5);
  world.start();
  world.start();
  let claimed = 0;
  await playOut(world, [
    ...traffic,
    { atMs: 5 * minute, act: () => world.throttleFor(30 * minute) },
    { atMs: 5 * minute, act: () => void (claimed = world.claims()) },
    { atMs: 35 * minute - 1, act: () => void (claimed = world.claims() - claimed) },
  ]);
  // Each minute each worker looks once whether it still holds, with as many as it closes at a time.
  expect(claimed).toBeLessThan(2 * 4 * 31);
  expect(said(world, 'Genesys does not answer: closing pauses.')).toBe(0);
  expect(said(world, 'Genesys is not to be asked for a while: closing pauses until then.')).toBeLessThanOrEqual(2 * 7);
  expect(await world.clock.advanceUntil(world.isQuiet, 4 * minute)).toBe(true);
  expect(world.outcome()).toEqual({ overflowed: 0, finalRecords: calls, lateRevisions: 0 });
});

test('what is passed on as it comes is handed back while SNS is away, and published when it is back', async () => {
  const world = outageWorld(100);
  world.start();
  await playOut(
    world,
    [...traffic.slice(0, 40), ...halfAnHour('topic', 100)].filter(({ atMs }) => atMs < 20 * minute),
  );
  const topic = 'v2.users.{id}.presence';
  world.queue.send(JSON.stringify(topicMessage(topic, { eventTime: noon, source: 'PURECLOUD' })));
  await world.clock.advance(5 * minute);
  const { visible, inFlight } = world.queue.counts();
  expect(visible + inFlight).toBe(1);
  world.setAway(null);
  expect(await world.clock.advanceUntil(world.isQuiet, 5 * minute)).toBe(true);
  expect(world.topic.published().filter(({ attributes }) => attributes['kind'] === 'passed-event')).toHaveLength(1);
});
