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
  readonly liveWorkers: () => number;
}

/**
 * Due windows that one look reads, about, and of one shard; a claim moves a window away, so the next look sees those behind it. Who
 * looks at many shards reads less of each: in a backlog, what falls due in between waits for all that the look before has brought.
 */
const lookSize = 200;
const leastPage = 50;

/** What another worker's shard is overdue by before anybody takes it, ticks; also how often one looks, however long looks take. */
const overdueTicks = 5;

/**
 * Workers that look at one shard at each such look, about: all of a small fleet, and of a large one chance takes other ones every
 * time. A thousand that all looked would read and claim the same windows, each of which only one of them gets.
 */
const lookers = 8;

/** Of a tick: the wait before the next look while there is more to close than one look brings. */
const hurriedShare = 0.1;

/** Fisher-Yates: workers that look at one shard do not all begin with the same window, and a bad one does not go first for ever. */
const shuffle = <T>(items: readonly T[], random: Random): T[] => {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random.fraction() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
};

interface Found {
  readonly due: readonly DueWindow[];
  /** A shard of its own has more than a page of them. */
  readonly isMore: boolean;
}

const nothing: Found = { due: [], isMore: false };

/** Finds windows that are due: its own shards' at once, anybody's when they are overdue. Without lower bound or cursor. */
const findDue = (outside: TimerOutside, settings: TimerSettings, place: Place) => {
  const { clock, random, log, metrics } = outside;
  const { table } = outside.health;
  /** 0: a person opened it, and it has waited for nothing. */
  const overdueMs = ({ dueOn, dueAt }: DueWindow): number =>
    dueAt === 0 ? 0 : (dueOn.startsWith('Q') ? place.watermarkMs() : clock.nowMs()) - dueAt;
  const look = async (shards: readonly number[], leastMs: number): Promise<Found> => {
    const pageSize = Math.max(leastPage, Math.floor(lookSize / Math.max(1, shards.length)));
    const pages = shards.flatMap((shard) => [
      table.findDue(duePartition('queue', shard), place.watermarkMs() - leastMs, pageSize),
      table.findDue(duePartition('wall', shard), clock.nowMs() - leastMs, pageSize),
    ]);
    const found = await Promise.allSettled(pages);
    const failed = found.filter((page) => page.status === 'rejected').length;
    if (failed > 0) log.warn('Some shards could not be looked at for due windows.', { failed });
    const read = found.flatMap((page) => (page.status === 'fulfilled' ? [page.value] : []));
    const due = read.flat();
    if (read.length > 0)
      metrics.add(
        'OldestOverdue',
        due.reduce((oldest, one) => Math.max(oldest, overdueMs(one)), 0),
      );
    return { due, isMore: read.some((page) => page.length >= pageSize) };
  };
  const overdueShards = (own: readonly number[]): readonly number[] => {
    const workers = place.liveWorkers();
    const others = Array.from({ length: settings.shards }, (_, shard) => shard).filter((shard) => !own.includes(shard));
    return workers <= lookers ? others : others.filter(() => random.fraction() * workers < lookers);
  };
  const overdueLookMs = overdueTicks * settings.tickMs;
  let nextOverdueLookMs = 0;
  return async (): Promise<Found> => {
    const ownShards = place.ownedShards();
    const isOverdueLook = clock.monotonicMs() >= nextOverdueLookMs;
    if (isOverdueLook) nextOverdueLookMs = clock.monotonicMs() + overdueLookMs;
    const others = isOverdueLook ? overdueShards(ownShards) : [];
    const own = await look(ownShards, 0);
    const overdue = await look(others, overdueLookMs);
    return { due: shuffle([...own.due, ...overdue.due], random), isMore: own.isMore };
  };
};

/** Closes under way, so many at a time: a slow one delays nobody else while there is room. */
const createCloses = (outside: TimerOutside, settings: TimerSettings, place: Place, stop: AbortSignal) => {
  const { health, downstream, pulse } = outside;
  const inHand = new Map<string, Promise<void>>();
  let claimed = 0;
  const mayClose = (): boolean => health.mayClose() && downstream.mayClose();

  /** Whether there is room for more: while something is only being tried again, there is for one. */
  const start = (due: DueWindow): boolean => {
    const endTurn = downstream.takeTurn();
    if (!endTurn) return false;
    const closing = outside.close(due, place.watermarkMs()).then((outcome) => {
      if (outcome !== 'elsewhere') claimed += 1;
      endTurn();
      inHand.delete(due.conversationId);
    });
    inHand.set(due.conversationId, closing);
    return true;
  };

  return {
    mayClose,
    /** Answers when there is room for none of them any more, or none is left: whether none is. */
    startAll: async (found: readonly DueWindow[]): Promise<boolean> => {
      for (const due of found.filter(({ conversationId }) => !inHand.has(conversationId))) {
        while (inHand.size >= settings.closeConcurrency) await Promise.race(inHand.values());
        pulse.beat('close');
        if (stop.aborted || !mayClose()) return false;
        if (!inHand.has(due.conversationId) && !start(due)) return false;
      }
      return true;
    },
    /** Whether any has been this worker's since this was last asked. */
    hasClaimed: (): boolean => {
      const has = claimed > 0;
      claimed = 0;
      return has;
    },
    settled: () => Promise.all(inHand.values()),
  };
};

/**
 * The close loop: closes what is due every tick, and sooner while there is more than a look brings. While the table, or what a close
 * needs, is away it looks for nothing: each window would fail alike. After the stop it finishes what is in hand.
 */
export const runTimers = async (
  outside: TimerOutside,
  settings: TimerSettings,
  place: Place,
  stop: AbortSignal,
): Promise<void> => {
  const find = findDue(outside, settings, place);
  const closes = createCloses(outside, settings, place, stop);
  const { pulse, clock } = outside;
  const isStopped = (): boolean => stop.aborted;
  while (!isStopped()) {
    pulse.beat('close');
    const { due, isMore } = closes.mayClose() ? await find() : nothing;
    const allStarted = await closes.startAll(due);
    // Where nothing was claimed the index is behind, and would only say the same again.
    const hurries = closes.hasClaimed() && allStarted && isMore;
    await clock.sleep(settings.tickMs * (hurries ? hurriedShare : 1), stop);
  }
  pulse.end('close');
  await closes.settled();
};
