import type { Clock } from '../ports';

/*
 * What is asked for at the same time goes in one call, whoever asked. Each asker is answered as soon as all of his are.
 *
 *   one asks, alone: it leaves at once        others ask          all of them, in one call
 *         |------------------ call ---------------|--- gatherMs ---|
 *                                                 '- sooner: when a call is full, or none is under way any more
 */

export interface GatherOptions<I, O> {
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  /** Items that one call takes. */
  readonly most: number;
  /** Calls under way; beyond them all wait. */
  readonly callsAtOnce: number;
  /** Tells what became of each item, by its place in `items`, as soon as it is known. What it leaves out is `unknown`. */
  readonly call: (items: readonly I[], tell: (index: number, outcome: O) => void) => Promise<void>;
  readonly unknown: O;
}

/** An item that waits behind a call under way does so for no longer than this: by then that one is slow, and may hang. */
const gatherMs = 20;

/**
 * Where every call hangs, and none has answered for so long: who has waited as long is told nothing, and his messages come again
 * before they are taken for lost. An answer that itself took longer shows nothing that works.
 */
const patienceMs = 15_000;

interface Ask<I, O> {
  readonly items: readonly I[];
  readonly outcomes: O[];
  readonly sinceMs: number;
  readonly answer: (outcomes: readonly O[]) => void;
  /** Of the items, in their order: those that no longer wait. */
  gone: number;
  /** Of these, those of its present turn. */
  goneInTurn: number;
  unsettled: number;
}

interface Leaving<I, O> {
  readonly ask: Ask<I, O>;
  readonly index: number;
}

const settle = <I, O>({ ask, index }: Leaving<I, O>, outcome: O): void => {
  ask.outcomes[index] = outcome;
  ask.unsettled -= 1;
  if (ask.unsettled === 0) ask.answer(ask.outcomes);
};

/** One call. A promise that is broken, to tell and not to reject, costs the items their outcome and nobody his answer. */
const callOnce = async <I, O>(
  batch: readonly Leaving<I, O>[],
  { call, unknown }: GatherOptions<I, O>,
  onTold: () => void,
): Promise<void> => {
  const untold = new Set(batch);
  const tell = (index: number, outcome: O): void => {
    const one = batch[index];
    if (!one || !untold.delete(one)) return;
    onTold();
    settle(one, outcome);
  };
  try {
    await call(
      batch.map(({ ask, index }) => ask.items[index] as I),
      tell,
    );
  } finally {
    for (const one of untold) settle(one, unknown);
  }
};

const waitingOf = <I, O>({ items, gone }: Ask<I, O>): number => items.length - gone;

/** The next so many of one ask. */
const takeFrom = <I, O>(ask: Ask<I, O>, size: number): readonly Leaving<I, O>[] => {
  const first = ask.gone;
  ask.gone += size;
  ask.goneInTurn += size;
  return Array.from({ length: size }, (_, n) => ({ ask, index: first + n }));
};

/** Who waits. Each in turn gives as much as one call takes, so that nobody stands behind all that one has asked for. */
const createLine = <I, O>({ most, unknown }: GatherOptions<I, O>) => {
  let asks: Ask<I, O>[] = [];
  return {
    length: (): number => asks.reduce((length, ask) => length + waitingOf(ask), 0),
    /** Since when the one has waited who has waited longest. */
    sinceMs: (): number => asks.reduce((sinceMs, ask) => Math.min(sinceMs, ask.sinceMs), Infinity),
    join: (ask: Ask<I, O>): void => void asks.push(ask),
    takeCall: (): readonly Leaving<I, O>[] => {
      const taken: Leaving<I, O>[] = [];
      for (let ask = asks[0]; ask && taken.length < most; ask = asks[0]) {
        taken.push(...takeFrom(ask, Math.min(most - taken.length, most - ask.goneInTurn, waitingOf(ask))));
        const isAtEnd = waitingOf(ask) === 0;
        if (!isAtEnd && ask.goneInTurn < most) break;
        asks.shift();
        ask.goneInTurn = 0;
        if (!isAtEnd) asks.push(ask);
      }
      return taken;
    },
    letGoSince: (untilMs: number): void => {
      const impatient = asks.filter(({ sinceMs }) => sinceMs <= untilMs);
      asks = asks.filter(({ sinceMs }) => sinceMs > untilMs);
      for (const ask of impatient) for (const one of takeFrom(ask, waitingOf(ask))) settle(one, unknown);
    },
  };
};

/** How long one waits for calls that do not answer. */
const createPatience = (clock: GatherOptions<never, never>['clock']) => {
  let progressMs = -Infinity;
  return {
    /** For a call that begins; to be called with each of its answers. */
    watchCall: (): (() => void) => {
      const sinceMs = clock.monotonicMs();
      return () => {
        const nowMs = clock.monotonicMs();
        if (nowMs - sinceMs < patienceMs) progressMs = nowMs;
      };
    },
    endsMs: (sinceMs: number): number => Math.max(sinceMs, progressMs) + patienceMs,
  };
};

/** Rings once, at the soonest time that it is set for. */
const createAlarm = (clock: GatherOptions<never, never>['clock'], ring: () => void) => {
  let set: { readonly atMs: number; readonly off: AbortController } | null = null;
  const off = (): void => {
    set?.off.abort();
    set = null;
  };
  return {
    /** One that rings soon finds nothing to do: that costs less than to call it off. */
    off: (): void => {
      if (set && set.atMs - clock.monotonicMs() > gatherMs) off();
    },
    setFor: (atMs: number): void => {
      if (set && set.atMs <= atMs) return;
      off();
      const own = { atMs, off: new AbortController() };
      set = own;
      void clock.sleep(atMs - clock.monotonicMs(), own.off.signal).then(() => {
        if (set !== own) return;
        set = null;
        ring();
      });
    },
  };
};

/** Answers the outcomes of items in their order; never rejects. A call begins after all of its items were asked for. */
export const createGather = <I, O>(options: GatherOptions<I, O>): ((items: readonly I[]) => Promise<readonly O[]>) => {
  const { clock, most, callsAtOnce } = options;
  const line = createLine(options);
  const patience = createPatience(clock);
  let calls = 0;

  const leave = (): void => {
    const next = (): void => {
      calls -= 1;
      leaveWhatIsDue();
    };
    calls += 1;
    void callOnce(line.takeCall(), options, patience.watchCall()).then(next, next);
  };
  const leaveWhatIsDue = (): void => {
    const nowMs = clock.monotonicMs();
    if (patience.endsMs(line.sinceMs()) <= nowMs) line.letGoSince(nowMs - patienceMs);
    while (line.length() > 0 && calls < callsAtOnce) {
      const dueMs = calls === 0 || line.length() >= most ? nowMs : line.sinceMs() + gatherMs;
      if (dueMs > nowMs) {
        alarm.setFor(dueMs);
        return;
      }
      leave();
    }
    if (line.length() === 0) alarm.off();
    else alarm.setFor(patience.endsMs(line.sinceMs()));
  };
  const alarm = createAlarm(clock, leaveWhatIsDue);

  return (items) =>
    new Promise((answer) => {
      if (items.length === 0) {
        answer([]);
        return;
      }
      const sinceMs = clock.monotonicMs();
      line.join({ items, outcomes: [], sinceMs, answer, gone: 0, goneInTurn: 0, unsettled: items.length });
      leaveWhatIsDue();
    });
};
