import { duePartition } from '../core/items';
import type { Pipeline } from '../pipeline';
import type { Clock, DueWindow, Log, Metrics, Random } from '../ports';
import type { DownstreamHealth } from './downstream-health';
import type { Pulse } from './pulse';
import type { TableHealth } from './table-health';

export interface TimerSettings {
  readonly tickMs: number;
  readonly shards: number;
  readonly closeConcurrency: number;
}

interface TimerOutside {
  readonly health: Pick<TableHealth, 'table' | 'mayClose'>;
  readonly downstream: Pick<DownstreamHealth, 'mayClose' | 'takeTurn'>;
  readonly close: Pipeline['close'];
  readonly pulse: Pick<Pulse, 'beat' | 'end'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

interface Place {
  readonly watermarkMs: () => number;
  readonly ownedShards: () => readonly number[];
}

/** Due windows read at a time from one shard; a claim moves a window away, so the next look sees those behind it. */
const pageSize = 50;

/** What another worker's shard is overdue by before anybody takes it, ticks; also how often one looks. */
const overdueTicks = 5;

/** Fisher-Yates: workers that look at one shard do not all begin with the same window, and a bad one does not go first for ever. */
const shuffle = <T>(items: readonly T[], random: Random): T[] => {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random.fraction() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
};

/** Finds windows that are due: its own shards' at once, anybody's when they are overdue. Without lower bound or cursor. */
const findDue = (outside: TimerOutside, settings: TimerSettings, place: Place) => {
  const { clock, random, log, metrics } = outside;
  const { table } = outside.health;
  /** 0: a person opened it, and it has waited for nothing. */
  const overdueMs = ({ dueOn, dueAt }: DueWindow): number =>
    dueAt === 0 ? 0 : (dueOn.startsWith('Q') ? place.watermarkMs() : clock.nowMs()) - dueAt;
  const look = async (shards: readonly number[], leastMs: number): Promise<readonly DueWindow[]> => {
    const pages = shards.flatMap((shard) => [
      table.findDue(duePartition('queue', shard), place.watermarkMs() - leastMs, pageSize),
      table.findDue(duePartition('wall', shard), clock.nowMs() - leastMs, pageSize),
    ]);
    const found = await Promise.allSettled(pages);
    const failed = found.filter((page) => page.status === 'rejected').length;
    if (failed > 0) log.warn('Some shards could not be looked at for due windows.', { failed });
    const due = found.flatMap((page) => (page.status === 'fulfilled' ? page.value : []));
    if (failed < pages.length) metrics.add('OldestOverdue', Math.max(0, ...due.map(overdueMs)));
    return due;
  };
  return async (tick: number): Promise<readonly DueWindow[]> => {
    const own = place.ownedShards();
    const isOverdueTick = tick % overdueTicks === 0;
    const others = isOverdueTick
      ? Array.from({ length: settings.shards }, (_, shard) => shard).filter((s) => !own.includes(s))
      : [];
    const found = [...(await look(own, 0)), ...(await look(others, overdueTicks * settings.tickMs))];
    return shuffle(found, random);
  };
};

/**
 * The close loop: every tick, closes what is due, so many at a time; a slow one delays nobody else while there is room. While the
 * table, or what a close needs, is away it looks for nothing: each window would fail alike. After the stop it finishes what is in hand.
 */
export const runTimers = async (
  outside: TimerOutside,
  settings: TimerSettings,
  place: Place,
  stop: AbortSignal,
): Promise<void> => {
  const find = findDue(outside, settings, place);
  const inHand = new Map<string, Promise<void>>();

  const { health, downstream, pulse } = outside;
  const mayClose = (): boolean => health.mayClose() && downstream.mayClose();

  /** Whether there is room for more: while something is only being tried again, there is for one. */
  const start = (due: DueWindow): boolean => {
    const endTurn = downstream.takeTurn();
    if (!endTurn) return false;
    const closing = outside.close(due, place.watermarkMs()).then(() => {
      endTurn();
      inHand.delete(due.conversationId);
    });
    inHand.set(due.conversationId, closing);
    return true;
  };

  const isStopped = (): boolean => stop.aborted;
  for (let tick = 0; !isStopped(); tick++) {
    pulse.beat('close');
    const found = mayClose() ? await find(tick) : [];
    const waiting = found.filter((due) => !inHand.has(due.conversationId));
    for (const due of waiting) {
      while (inHand.size >= settings.closeConcurrency) await Promise.race(inHand.values());
      pulse.beat('close');
      if (isStopped() || !mayClose()) break;
      if (!inHand.has(due.conversationId) && !start(due)) break;
    }
    await outside.clock.sleep(settings.tickMs, stop);
  }
  pulse.end('close');
  await Promise.all(inHand.values());
};
