import type { Clock, Fleet, IntakeHandler, Log, Metrics, Random, WindowTable } from '../ports';
import { watchBreaker } from '../breaker-watch';
import { createTableProbe, type TableProbe } from './table-probe';
import { createWaiters } from './waiters';
import { type CallKind, callKinds, watchTable } from './watched-table';

/** A table that is away pauses receiving: nothing that it cannot take is asked of the queue, so an outage costs no receive count. */
export interface TableHealth {
  /** The ports to work with: what comes of their calls is how the table's health is known. */
  readonly table: WindowTable;
  readonly fleet: Fleet;
  /** Resolves when a poll may begin, or at the signal. Where the table has only just answered again, one poll at a time. */
  readonly ready: IntakeHandler['ready'];
  /** A poll that was let through, and what it brought, are done with. */
  readonly endTurn: () => void;
  /** It does not answer, and has been said not to. */
  readonly isAway: () => boolean;
  /** Closing needs updates of heads, and what finds due windows; it goes on while only arriving events are not taken. */
  readonly mayClose: () => boolean;
  /** Resolves when it is no longer away, or after `ms`, or at the signal. */
  readonly untilBack: (ms: number, signal: AbortSignal) => Promise<void>;
  /**
   * Monotonic time without that in which nobody could receive, the table being silent. What was handed back is no nearer to its
   * next receive for it, and a worker is not to blame for receiving nothing.
   */
  readonly receivingMs: () => number;
  /** For the metrics, every now and then. */
  readonly report: () => void;
}

export interface TableHealthOutside {
  readonly table: WindowTable;
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

const second = 1_000;

/** Sooner than an admit gives up on its batch, later than a hiccup. */
const breakerOptions = {
  failures: 3,
  failingMs: 5 * second,
  firstOpenMs: 5 * second,
  longestOpenMs: 60 * second,
  calmMs: 60 * second,
  // Heartbeats go on.
  hearsAnyway: true,
};

const createWatch = (outside: TableHealthOutside) => {
  const waiters = createWaiters(outside.clock);
  const options = breakerOptions;
  const watched = { dependency: 'table', name: 'The table', pauses: 'receiving', options, onChange: waiters.wake } as const;
  return { ...watchBreaker<CallKind>(outside, watched), waiters };
};

/** Whoever has the turn asks for what failed, and polls only if that does not fail again. */
const passesProbe = async (
  { breaker, listener, now }: ReturnType<typeof createWatch>,
  ask: TableProbe['ask'],
): Promise<boolean> => {
  for (const kind of callKinds.filter(breaker.isBroken)) {
    const startedMs = now();
    try {
      await ask(kind);
    } catch (error) {
      listener.failed([kind], startedMs, { error });
      breaker.endTurn();
      return false;
    }
  }
  return true;
};

export const createTableHealth = (outside: TableHealthOutside): TableHealth => {
  const { fleet, clock } = outside;
  const watch = createWatch(outside);
  const { breaker, listener, waiters, report, notice, now } = watch;
  const { table, ask } = createTableProbe(outside.table);
  const isAway = (): boolean => breaker.mode() === 'open';
  return {
    ...watchTable(table, fleet, { clock, listener }),
    ready: async (signal) => {
      while (!signal.aborted) {
        const mayGo = breaker.takeTurn(now());
        notice();
        if (mayGo && (breaker.mode() === 'closed' || (await passesProbe(watch, ask)))) return;
        await waiters.wait(Math.min(breaker.waitMs(now()), breakerOptions.longestOpenMs), signal);
      }
    },
    endTurn: () => {
      breaker.endTurn();
      if (breaker.mode() === 'probing') waiters.wake();
    },
    isAway,
    mayClose: () => !isAway() || !(breaker.isBroken('updateHead') || breaker.isBroken('anything')),
    untilBack: async (ms, signal) => {
      const untilMs = now() + ms;
      while (isAway() && now() < untilMs && !signal.aborted) await waiters.wait(untilMs - now(), signal);
    },
    receivingMs: () => now() - breaker.silentMs(now()),
    report,
  };
};
