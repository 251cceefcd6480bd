import { createBreaker } from '../core/breaker';
import type { Clock, Fleet, IntakeHandler, Log, Metrics, Random, WindowTable } from '../ports';
import { createTableProbe, type TableProbe } from './table-probe';
import { type CallKind, callKinds, type CallListener, watchTable } from './watched-table';

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
};

/** While it stays away, this is said so often. */
const reminderMs = 300 * second;

/** Says when the table goes away and when it is back, and in between only a word now and then. */
const speakOf = ({ clock, log }: Pick<TableHealthOutside, 'clock' | 'log'>) => {
  let failures = 0;
  let awaySinceMs: number | null = null;
  let saidAtMs = 0;
  return {
    failed: (error: unknown): void => {
      failures += 1;
      const nowMs = clock.monotonicMs();
      if (awaySinceMs === null || nowMs - saidAtMs < reminderMs) return;
      saidAtMs = nowMs;
      log.warn('The table still does not answer.', { awayMs: nowMs - awaySinceMs, failures }, error);
    },
    went: (call: CallKind | undefined, error: unknown): void => {
      awaySinceMs = saidAtMs = clock.monotonicMs();
      failures = 0;
      log.error('The table does not answer: receiving pauses.', { call }, error);
    },
    came: (): void => {
      log.info('The table answers again: receiving goes on.', { awayMs: clock.monotonicMs() - (awaySinceMs ?? 0), failures });
      awaySinceMs = null;
    },
  };
};

/** Those who wait until something has changed, or for their time. */
const createWaiters = (clock: Clock) => {
  const waiters = new Set<() => void>();
  return {
    wake: (): void => waiters.forEach((wake) => wake()),
    wait: async (ms: number, signal: AbortSignal): Promise<void> => {
      const awake = new AbortController();
      const wake = (): void => awake.abort();
      waiters.add(wake);
      signal.addEventListener('abort', wake);
      await clock.sleep(ms, awake.signal);
      waiters.delete(wake);
      signal.removeEventListener('abort', wake);
    },
  };
};

/** The breaker, told of every call; whoever waits for it hears when it changes. */
const createWatch = (outside: TableHealthOutside) => {
  const { clock, random, metrics } = outside;
  const breaker = createBreaker<CallKind>(breakerOptions);
  const speech = speakOf(outside);
  const waiters = createWaiters(clock);
  const now = clock.monotonicMs;
  let known = breaker.mode();

  const report = (): void => metrics.add('BreakerOpen', breaker.mode() === 'closed' ? 0 : 1, { dependency: 'table' });
  const notice = (call?: CallKind, error?: unknown): void => {
    const mode = breaker.mode();
    if (mode === known) return;
    if (known === 'closed') speech.went(call, error);
    if (mode === 'closed') speech.came();
    known = mode;
    report();
    waiters.wake();
  };
  const listener: CallListener = {
    answered: (kinds) => {
      breaker.succeeded(kinds, now());
      notice();
    },
    failed: (kinds, startedMs, error) => {
      breaker.failed(kinds, { startedMs, nowMs: now() }, random.fraction());
      speech.failed(error);
      notice(kinds.at(-1), error);
    },
  };
  return { breaker, listener, waiters, report, notice, now };
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
      listener.failed([kind], startedMs, error);
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
