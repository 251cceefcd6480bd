/*
 * Calls of one turn of the event loop go in one request, in the order in which they were made. Each is answered for itself: what a
 * request as a whole fails with, all of its calls fail with.
 */

export interface SharedCallsOptions<I, O> {
  /** Items that one request takes. */
  readonly most: number;
  /** Two items with one key never share a request. */
  readonly keyOf: (item: I) => string;
  /** What became of each item, in their order; a rejected one fails its own call alone. */
  readonly send: (items: readonly I[]) => Promise<readonly Promise<O>[]>;
}

interface Call<I, O> {
  readonly item: I;
  readonly answer: (outcome: Promise<O>) => void;
}

type Request<I, O> = Map<string, Call<I, O>>;

/** Each call in the first request that has room for it. */
const requestsOf = <I, O>(calls: readonly Call<I, O>[], { most, keyOf }: SharedCallsOptions<I, O>): readonly Request<I, O>[] => {
  const requests: Request<I, O>[] = [];
  for (const call of calls) {
    const key = keyOf(call.item);
    const free = requests.find((request) => request.size < most && !request.has(key));
    if (free) free.set(key, call);
    else requests.push(new Map([[key, call]]));
  }
  return requests;
};

const noOutcome = (): Error => new Error('Expected an outcome for each item of a request; there is none for this one.');

export const sharedCalls = <I, O>(options: SharedCallsOptions<I, O>): ((item: I) => Promise<O>) => {
  let waiting: Call<I, O>[] = [];
  const request = (calls: readonly Call<I, O>[]): void => {
    const outcomes = options.send(calls.map(({ item }) => item));
    calls.forEach(({ answer }, index) => answer(outcomes.then((all) => all[index] ?? Promise.reject(noOutcome()))));
  };
  const leave = (): void => {
    const calls = waiting;
    waiting = [];
    for (const one of requestsOf(calls, options)) request([...one.values()]);
  };
  return (item) =>
    new Promise((answer) => {
      if (waiting.length === 0) setImmediate(leave);
      waiting.push({ item, answer });
    });
};
