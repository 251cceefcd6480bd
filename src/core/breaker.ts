import { backoffMs } from './backoff';

/*
 * A breaker tells whether something outside is worth calling. It is in one of three modes:
 *
 *   closed ──(a kind of call failed, and only failed, for some seconds)──► open ◄──────(a kind that had failed fails again)──────┐
 *     ▲                                                                     └──(it was open long enough, and was answered*)─► probing
 *     └──────────(every kind that had failed succeeds, or nothing of it fails for a while)──────────────────────────────────────┘
 *
 * Closed: all goes. Open: nothing does, but for calls that are made anyway and cost nothing. Probing: one at a time. What opens
 * again soon stays open longer each time, so that something that throttles is asked less, and not asked in bursts.
 *
 * * Where calls are made anyway, one of them tells when it is there again. Where none are, only a probe can.
 */
export type BreakerMode = 'closed' | 'open' | 'probing';

export interface BreakerOptions {
  /** A kind of call that failed so often, and only failed, for so long, is broken. */
  readonly failures: number;
  readonly failingMs: number;
  /** How long it is open at first, and at most, each time. */
  readonly firstOpenMs: number;
  readonly longestOpenMs: number;
  /** Nothing failed for so long: all is forgotten. */
  readonly calmMs: number;
  /** Calls are made while it is open, too: no probe before one of them was answered. */
  readonly hearsAnyway: boolean;
}

/** All times are of a monotonic clock. A kind of call is told apart because one that succeeds says nothing of another. */
export interface Breaker<Kind extends string> {
  readonly mode: () => BreakerMode;
  readonly succeeded: (kinds: readonly Kind[], nowMs: number) => void;
  /** `startedMs`: a call that hung for half a minute failed for half a minute. `fraction` is chance, for the jitter. */
  readonly failed: (
    kinds: readonly Kind[],
    span: { readonly startedMs: number; readonly nowMs: number },
    fraction: number,
  ) => void;
  /** Moves on what only time moves on. */
  readonly look: (nowMs: number) => void;
  /** True: go. While probing, true for one at a time; each must end its turn, whatever comes of it. */
  readonly takeTurn: (nowMs: number) => boolean;
  readonly endTurn: () => void;
  /** How long to wait before looking again; Infinity when only an answer can change anything. */
  readonly waitMs: (nowMs: number) => number;
  /** It has failed, and has not succeeded since. */
  readonly isBroken: (kind: Kind) => boolean;
  /** For how long in all nothing was answered while it was open. */
  readonly silentMs: (nowMs: number) => number;
}

interface Streak {
  readonly failures: number;
  readonly sinceMs: number;
}

/** What has failed without a success, by kind of call. */
const createKinds = <Kind extends string>({ failures, failingMs }: BreakerOptions) => {
  const streaks = new Map<Kind, Streak>();
  const succeededAt = new Map<Kind, number>();
  const broken = new Set<Kind>();
  return {
    broken: broken as ReadonlySet<Kind>,
    succeeded: (kind: Kind, nowMs: number): void => {
      streaks.delete(kind);
      broken.delete(kind);
      succeededAt.set(kind, nowMs);
    },
    failed: (kind: Kind, startedMs: number, nowMs: number): void => {
      const before = streaks.get(kind) ?? { failures: 0, sinceMs: Math.max(startedMs, succeededAt.get(kind) ?? -Infinity) };
      const streak = { ...before, failures: before.failures + 1 };
      streaks.set(kind, streak);
      if (streak.failures >= failures && nowMs - streak.sinceMs >= failingMs) broken.add(kind);
    },
    forget: (): void => {
      streaks.clear();
      broken.clear();
    },
  };
};

/** Time in which nothing was answered. */
const createSilence = () => {
  let sinceMs: number | null = null;
  let totalMs = 0;
  return {
    begin: (nowMs: number): void => void (sinceMs ??= nowMs),
    end: (nowMs: number): void => {
      if (sinceMs !== null) totalMs += nowMs - sinceMs;
      sinceMs = null;
    },
    isOn: (): boolean => sinceMs !== null,
    totalMs: (nowMs: number): number => totalMs + (sinceMs === null ? 0 : nowMs - sinceMs),
  };
};

/** The mode, and for how long it stands. */
const createModes = ({ firstOpenMs, longestOpenMs, calmMs }: BreakerOptions) => {
  let mode: BreakerMode = 'closed';
  let openings = 0;
  let closedAtMs = -Infinity;
  let untilMs = 0;
  return {
    mode: (): BreakerMode => mode,
    leftMs: (nowMs: number): number => Math.max(0, untilMs - nowMs),
    open: (nowMs: number, fraction: number): void => {
      if (mode === 'closed' && nowMs - closedAtMs > calmMs) openings = 0;
      mode = 'open';
      untilMs = nowMs + backoffMs(openings, firstOpenMs, longestOpenMs, fraction);
      openings += 1;
    },
    probe: (nowMs: number): void => {
      mode = 'probing';
      untilMs = nowMs + calmMs;
    },
    close: (nowMs: number): void => {
      mode = 'closed';
      closedAtMs = nowMs;
    },
  };
};

/** One at a time. */
const createTurn = () => {
  let isTaken = false;
  return {
    take: (): boolean => {
      const isFree = !isTaken;
      isTaken = true;
      return isFree;
    },
    end: (): void => void (isTaken = false),
  };
};

export const createBreaker = <Kind extends string>(options: BreakerOptions): Breaker<Kind> => {
  const kinds = createKinds<Kind>(options);
  const silence = createSilence();
  const isUnheard = (): boolean => options.hearsAnyway && silence.isOn();
  const modes = createModes(options);
  const { mode, leftMs } = modes;
  const turn = createTurn();

  const look = (nowMs: number): void => {
    if (mode() === 'open' && leftMs(nowMs) === 0 && !isUnheard()) modes.probe(nowMs);
    if (mode() === 'probing' && (leftMs(nowMs) === 0 || kinds.broken.size === 0)) {
      modes.close(nowMs);
      kinds.forget();
    }
  };

  return {
    mode,
    succeeded: (some, nowMs) => {
      for (const kind of some) kinds.succeeded(kind, nowMs);
      silence.end(nowMs);
      look(nowMs);
    },
    failed: (some, { startedMs, nowMs }, fraction) => {
      const failsAgain = mode() === 'probing' && some.some((kind) => kinds.broken.has(kind));
      for (const kind of some) kinds.failed(kind, startedMs, nowMs);
      if (!failsAgain && (mode() !== 'closed' || kinds.broken.size === 0)) return;
      modes.open(nowMs, fraction);
      silence.begin(nowMs);
    },
    look,
    takeTurn: (nowMs) => {
      look(nowMs);
      return mode() === 'probing' ? turn.take() : mode() === 'closed';
    },
    endTurn: turn.end,
    waitMs: (nowMs) => (mode() === 'closed' ? 0 : isUnheard() ? Infinity : leftMs(nowMs)),
    isBroken: (kind) => kinds.broken.has(kind),
    silentMs: silence.totalMs,
  };
};
