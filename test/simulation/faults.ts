import type { Clock, IntakeQueue, Random, WindowTable } from '../../src/ports';

/** A call that the simulated outside did not answer: it may or may not have been carried out. */
export class LostAnswerError extends Error {
  override readonly name = 'LostAnswerError';
}

export interface Chances {
  /** The call fails without effect. */
  refused: number;
  /** The call is carried out and its answer lost. */
  readonly lost: number;
  /** A batch comes back in part, as from a table that throttles. */
  readonly partial: number;
  /** Longest that a call takes, ms. */
  readonly slowMs: number;
  /** A call takes longer than a lease, on its way there or back. */
  readonly stalled: number;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly chances: Chances;
  /** Aborted when the worker is killed: whatever it awaits then never comes back. */
  readonly died: AbortSignal;
  readonly tell: (fault: string) => void;
}

const stallMs = 90_000;

const never = new Promise<never>(() => undefined);

/** Asked anew after each pause: a worker may be killed in any of them. */
const isDead = ({ died }: Pick<Surroundings, 'died'>): boolean => died.aborted;

/** A clock that stops for a worker that was killed. */
export const mortalClock = (clock: Clock, died: AbortSignal): Clock => ({
  ...clock,
  sleep: async (ms, signal) => {
    await clock.sleep(ms, signal);
    if (died.aborted) await never;
  },
});

/** Every call of a port takes its time, and now and then is refused, or carried out without an answer. */
const faultyCall =
  <A extends readonly unknown[], R>(around: Surroundings, name: string, call: (...args: A) => Promise<R>) =>
  async (...args: A): Promise<R> => {
    const { clock, random, chances, tell } = around;
    const pause = (): Promise<void> => {
      const isStalled = random.fraction() < chances.stalled;
      return clock.sleep(isStalled ? stallMs : Math.ceil(1 + random.fraction() * chances.slowMs));
    };
    await pause();
    if (isDead(around)) return never;
    if (random.fraction() < chances.refused) {
      tell(`${name} refused`);
      throw new LostAnswerError(`${name} was refused`);
    }
    const answer = await call(...args);
    await pause();
    if (isDead(around)) return never;
    if (random.fraction() < chances.lost) {
      tell(`${name} lost its answer`);
      throw new LostAnswerError(`${name} lost its answer`);
    }
    return answer;
  };

/** Deletes that were carried out, and reported as failed: the message never comes again, whatever its worker believes. */
export const withLostDeletes = ({ random, chances, tell }: Surroundings, queue: IntakeQueue): IntakeQueue => ({
  consume: (handler, stop) =>
    queue.consume(
      {
        ...handler,
        deleted: (messages) => {
          const isLost = random.fraction() < chances.lost;
          if (isLost) tell('delete lost its answer');
          (isLost ? handler.kept : handler.deleted)(messages);
        },
      },
      stop,
    ),
});

type Calls = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** A port of promises, every method made faulty. */
export const faulty = <P extends object>(around: Surroundings, port: P): P =>
  Object.fromEntries(
    Object.entries(port as unknown as Calls).map(([name, call]) => [name, faultyCall(around, name, call as never)]),
  ) as unknown as P;

/** The table: batches that come back half done as well, and pages that take their time. */
export const faultyTable = (around: Surroundings, table: WindowTable): WindowTable => {
  const { random, chances, tell } = around;
  const { readWindow, ...calls } = table;
  const some = <T>(items: readonly T[]): readonly T[] =>
    random.fraction() < chances.partial ? items.filter(() => random.fraction() < 0.5) : [];
  const partial: Omit<WindowTable, 'readWindow'> = {
    ...calls,
    writeEvents: async (batch, expiresAtMs) => {
      const left = new Set(some(batch));
      if (left.size > 0) tell('writeEvents left some unprocessed');
      await calls.writeEvents(batch.filter((one) => !left.has(one)), expiresAtMs); // prettier-ignore
      return [...left];
    },
    readHeads: async (ids) => {
      const left = new Set(some(ids));
      if (left.size > 0) tell('readHeads left some unprocessed');
      const { heads } = await calls.readHeads(ids.filter((id) => !left.has(id)));
      return { heads, unprocessed: [...left] };
    },
  };
  const openPage = faultyCall(around, 'readWindow', () => Promise.resolve());
  return {
    ...faulty(around, partial),
    readWindow: async function* (conversationId, life, finished) {
      for await (const page of readWindow(conversationId, life, finished)) {
        await openPage();
        yield page;
      }
    },
  };
};
