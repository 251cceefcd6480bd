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

/** Where every call hangs: who has waited for so long is told nothing, and his messages come again before they are taken for lost. */
const patienceMs = 15_000;

interface Ask<O> {
  readonly outcomes: O[];
  readonly sinceMs: number;
  left: number;
  readonly answer: (outcomes: readonly O[]) => void;
}

interface Waiting<I, O> {
  readonly item: I;
  readonly ask: Ask<O>;
  readonly index: number;
}

const settle = <O>(ask: Ask<O>, index: number, outcome: O): void => {
  ask.outcomes[index] = outcome;
  ask.left -= 1;
  if (ask.left === 0) ask.answer(ask.outcomes);
};

/** One call. A promise that is broken, to tell and not to reject, costs the items their outcome and nobody his answer. */
const callOnce = async <I, O>(batch: readonly Waiting<I, O>[], { call, unknown }: GatherOptions<I, O>): Promise<void> => {
  const untold = new Set(batch);
  const tell = (index: number, outcome: O): void => {
    const one = batch[index];
    if (one && untold.delete(one)) settle(one.ask, one.index, outcome);
  };
  try {
    await call(
      batch.map(({ item }) => item),
      tell,
    );
  } finally {
    for (const { ask, index } of untold) settle(ask, index, unknown);
  }
};

/** Who waits, in the order in which it was asked for. */
const createLine = <I, O>({ clock, unknown }: GatherOptions<I, O>) => {
  let waiting: Waiting<I, O>[] = [];
  return {
    length: (): number => waiting.length,
    /** Since when the first has waited. */
    sinceMs: (): number => waiting[0]?.ask.sinceMs ?? clock.monotonicMs(),
    join: (items: readonly I[], ask: Ask<O>): void => items.forEach((item, index) => waiting.push({ item, ask, index })),
    take: (most: number): readonly Waiting<I, O>[] => waiting.splice(0, most),
    letTheImpatientGo: (): void => {
      const untilMs = clock.monotonicMs() - patienceMs;
      if (waiting[0] === undefined || waiting[0].ask.sinceMs >= untilMs) return;
      const impatient = waiting.filter(({ ask }) => ask.sinceMs < untilMs);
      waiting = waiting.filter(({ ask }) => ask.sinceMs >= untilMs);
      for (const { ask, index } of impatient) settle(ask, index, unknown);
    },
  };
};

/** Answers the outcomes of items in their order; never rejects. A call begins after all of its items were asked for. */
export const createGather = <I, O>(options: GatherOptions<I, O>): ((items: readonly I[]) => Promise<readonly O[]>) => {
  const { clock, most, callsAtOnce } = options;
  const line = createLine(options);
  let calls = 0;
  let isTimed = false;

  const leave = (): void => {
    const next = (): void => {
      calls -= 1;
      leaveWhatIsDue();
    };
    calls += 1;
    void callOnce(line.take(most), options).then(next, next);
  };
  const lookAfter = async (ms: number): Promise<void> => {
    if (isTimed) return;
    isTimed = true;
    await clock.sleep(ms);
    isTimed = false;
    leaveWhatIsDue();
  };
  const leaveWhatIsDue = (): void => {
    line.letTheImpatientGo();
    while (line.length() > 0 && calls < callsAtOnce) {
      const leftMs = calls === 0 || line.length() >= most ? 0 : line.sinceMs() + gatherMs - clock.monotonicMs();
      if (leftMs > 0) {
        void lookAfter(leftMs);
        return;
      }
      leave();
    }
  };

  return (items) =>
    new Promise((answer) => {
      if (items.length === 0) answer([]);
      line.join(items, { outcomes: [], sinceMs: clock.monotonicMs(), left: items.length, answer });
      leaveWhatIsDue();
    });
};
