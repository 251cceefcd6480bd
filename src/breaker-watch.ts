import { type BreakerOptions, createBreaker } from './core/breaker';
import type { Dependency } from './core/metric-names';
import type { Clock, Log, LogFields, Metrics, Random } from './ports';

export interface WatchOutside {
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Watched {
  readonly dependency: Dependency;
  /** As a sentence begins with it. */
  readonly name: string;
  /** What pauses without it. */
  readonly pauses: 'receiving' | 'closing' | 'accepting';
  readonly options: BreakerOptions;
  /** The breaker is in another mode. */
  readonly onChange: () => void;
}

/** Why a call failed: an error, or what an answer says of itself. */
export interface Failure {
  readonly error?: unknown;
  readonly why?: string;
}

/** Told of each call what came of it. */
export interface CallListener<Kind extends string> {
  readonly answered: (kinds: readonly Kind[]) => void;
  readonly failed: (kinds: readonly Kind[], startedMs: number, failure?: Failure) => void;
}

/** While it stays away, this is said so often. */
const reminderMs = 300_000;

/** Says when it goes away and when it is back, and in between only a word now and then. */
const speakOf = ({ clock, log }: Pick<WatchOutside, 'clock' | 'log'>, { name, pauses }: Watched) => {
  let failures = 0;
  let awaySinceMs: number | null = null;
  let saidAtMs = 0;
  const awayMs = (): number => Math.round(clock.monotonicMs() - (awaySinceMs ?? clock.monotonicMs()));
  const fieldsOf = ({ why }: Failure): LogFields => (why === undefined ? {} : { why });
  return {
    failed: (failure: Failure): void => {
      failures += 1;
      const nowMs = clock.monotonicMs();
      if (awaySinceMs === null || nowMs - saidAtMs < reminderMs) return;
      saidAtMs = nowMs;
      log.warn(`${name} still does not answer.`, { awayMs: awayMs(), failures, ...fieldsOf(failure) }, failure.error);
    },
    went: (call: string | undefined, failure: Failure): void => {
      awaySinceMs = saidAtMs = clock.monotonicMs();
      failures = 0;
      log.error(`${name} does not answer: ${pauses} pauses.`, { call, ...fieldsOf(failure) }, failure.error);
    },
    came: (): void => {
      log.info(`${name} answers again: ${pauses} goes on.`, { awayMs: awayMs(), failures });
      awaySinceMs = null;
    },
  };
};

/** A breaker that is told of every call; what becomes of it is said and counted. */
export const watchBreaker = <Kind extends string>(outside: WatchOutside, watched: Watched) => {
  const { clock, random, metrics } = outside;
  const breaker = createBreaker<Kind>(watched.options);
  const speech = speakOf(outside, watched);
  const now = clock.monotonicMs;
  let known = breaker.mode();

  const report = (): void => metrics.add('BreakerOpen', breaker.mode() === 'closed' ? 0 : 1, { dependency: watched.dependency });
  /** To be called after whatever may have changed the breaker. */
  const notice = (call?: Kind, failure: Failure = {}): void => {
    const mode = breaker.mode();
    if (mode === known) return;
    if (known === 'closed') speech.went(call, failure);
    if (mode === 'closed') speech.came();
    known = mode;
    report();
    watched.onChange();
  };
  const listener: CallListener<Kind> = {
    answered: (kinds) => {
      breaker.succeeded(kinds, now());
      notice();
    },
    failed: (kinds, startedMs, failure = {}) => {
      breaker.failed(kinds, { startedMs, nowMs: now() }, random.fraction());
      speech.failed(failure);
      notice(kinds.at(-1), failure);
    },
  };
  return { breaker, listener, report, notice, now };
};

/** Our own code failed, on what it was given: that says nothing of what it called. */
export const isBug = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
