import { duePartition } from '../../src/core/items';
import { silentLog } from '../../src/log';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import type { CloseOutcome } from '../../src/pipeline';
import type { DueWindow } from '../../src/ports';
import { createPulse } from '../../src/worker/pulse';
import { runTimers } from '../../src/worker/timers';
import { noon } from '../factories';
import { memoryOutside } from '../outside';

const second = 1_000;
const settings = { tickMs: second, shards: 16, closeConcurrency: 32 };

interface Given {
  readonly ownedShards: readonly number[];
  readonly liveWorkers: number;
  /** Windows that are due in queue time in each of its shards. */
  readonly due: number;
  readonly closeMs: number;
  readonly outcome: CloseOutcome;
}

const stops: AbortController[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop.abort()));

/** One worker's close loop, over an index that forgets what is claimed. */
const startTimers = (changed: Partial<Given>) => {
  const given: Given = { ownedShards: [0], liveWorkers: 1, due: 0, closeMs: 0, outcome: 'closed', ...changed };
  const clock = virtualClock(noon);
  const looks: string[] = [];
  const waiting = new Map<string, DueWindow>();
  const fallDue = (conversationId: string, dueOn: string): void => {
    waiting.set(conversationId, { conversationId, dueAt: noon, dueOn });
  };
  for (const shard of given.ownedShards)
    for (let call = 0; call < given.due; call++) fallDue(`call-${shard}-${call}`, duePartition('queue', shard));
  const table = {
    ...memoryOutside().table,
    findDue: (dueOn: string, _upToMs: number, limit: number): Promise<readonly DueWindow[]> => {
      looks.push(dueOn);
      return Promise.resolve([...waiting.values()].filter((one) => one.dueOn === dueOn).slice(0, limit));
    },
  };
  const close = async ({ conversationId }: DueWindow): Promise<CloseOutcome> => {
    if (given.closeMs > 0) await clock.sleep(given.closeMs);
    if (given.outcome !== 'elsewhere') waiting.delete(conversationId);
    return given.outcome;
  };
  const stop = new AbortController();
  stops.push(stop);
  const outside = {
    ...{ close, clock, random: seededRandom(5), log: silentLog, metrics: { add: () => undefined } },
    health: { table, mayClose: () => true },
    downstream: { mayClose: () => true, takeTurn: () => () => undefined },
    pulse: createPulse(clock),
  };
  const { ownedShards, liveWorkers } = given;
  const place = { watermarkMs: () => noon + 60 * second, ownedShards: () => ownedShards, liveWorkers: () => liveWorkers };
  void runTimers(outside, settings, place, stop.signal);
  return { clock, looks, waiting, fallDue };
};

describe('shards of others', () => {
  const everyFifthTick = 100;

  test('are looked at by all workers of a small fleet, every few ticks', async () => {
    const { clock, looks } = startTimers({ ownedShards: [], liveWorkers: 8 });
    await clock.advance((5 * everyFifthTick - 1) * second);
    expect(looks).toHaveLength(everyFifthTick * settings.shards * 2);
  });

  test('are looked at by a few of a thousand workers at a time, and none is left out', async () => {
    const { clock, looks } = startTimers({ ownedShards: [], liveWorkers: 1_000 });
    await clock.advance((50 * everyFifthTick - 1) * second);
    expect(new Set(looks).size).toBe(settings.shards * 2);
    const shareOfAll = looks.length / (10 * everyFifthTick * settings.shards * 2);
    // Eight in a thousand, as chance has it.
    expect(shareOfAll).toBeGreaterThan(0.004);
    expect(shareOfAll).toBeLessThan(0.012);
  });
});

describe('more windows than one look brings', () => {
  test('are closed as fast as there is room, and wait for no tick', async () => {
    const { clock, waiting } = startTimers({ due: 3_000, closeMs: 100 });
    // 32 at a time, a tenth of a second each: 9.4 s; and a short wait after each of 15 looks, the first one a tick.
    expect(await clock.advanceUntil(() => waiting.size === 0, 13 * second)).toBe(true);
  });

  test('are looked at again only with the next tick where the index says what none of them is any more', async () => {
    const { clock, looks } = startTimers({ due: 3_000, outcome: 'elsewhere' });
    await clock.advance(10 * second + 1);
    expect(looks.filter((dueOn) => dueOn === 'Q#000')).toHaveLength(11);
  });

  test('hold up what falls due meanwhile for no longer where there are many shards than where there is one', async () => {
    // In each of four shards, 32 closed a second.
    const { clock, fallDue, waiting } = startTimers({ ownedShards: [0, 1, 2, 3], due: 300, closeMs: second });
    await clock.advance(10 * second);
    fallDue('fresh', duePartition('wall', 3));
    expect(await clock.advanceUntil(() => !waiting.has('fresh'), 15 * second)).toBe(true);
  });

  test('keep nobody from looking at the shards of others', async () => {
    // 200 from each look, 16 a second.
    const { clock, looks } = startTimers({ due: 1_500, closeMs: 2 * second, liveWorkers: 2 });
    await clock.advance(60 * second);
    expect(looks.filter((dueOn) => dueOn === 'Q#005').length).toBeGreaterThanOrEqual(4);
  });
});
