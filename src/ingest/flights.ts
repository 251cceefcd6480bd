interface Flight<T> {
  readonly landed: Promise<T>;
  readonly nobodyWaits: AbortController;
  waiting: number;
  hasLanded: boolean;
}

/** Someone's wait for a flight. */
export interface Wait<T> {
  readonly landed: Promise<T>;
  /** It began with them. */
  readonly isFirst: boolean;
  /** They wait no longer. */
  readonly leave: () => void;
}

/**
 * The ways of posts to the queue. Posts with the same digest go together, on one. A flight goes on when nobody waits for it any
 * more, and who comes meanwhile joins it; it is told, because what has not begun to be written need not be.
 */
export const createFlights = <T>() => {
  const all = new Set<Flight<T>>();
  const shared = new Map<string, Flight<T>>();

  const begin = (digest: string | null, send: (nobodyWaits: AbortSignal) => Promise<T>): Flight<T> => {
    const nobodyWaits = new AbortController();
    const land = (): void => {
      flight.hasLanded = true;
      all.delete(flight);
      if (digest !== null) shared.delete(digest);
    };
    const flight = { landed: send(nobodyWaits.signal).finally(land), nobodyWaits, waiting: 0, hasLanded: false };
    all.add(flight);
    if (digest !== null) shared.set(digest, flight);
    return flight;
  };

  return {
    /** `digest`: null, it shares with none. */
    join: (digest: string | null, send: (nobodyWaits: AbortSignal) => Promise<T>): Wait<T> => {
      const under = digest === null ? undefined : shared.get(digest);
      const flight = under ?? begin(digest, send);
      flight.waiting += 1;
      return {
        landed: flight.landed,
        isFirst: under === undefined,
        leave: () => {
          flight.waiting -= 1;
          if (flight.waiting === 0 && !flight.hasLanded) flight.nobodyWaits.abort();
        },
      };
    },
    /** Resolves when none is under way, or at the signal. */
    untilNone: async (signal: AbortSignal): Promise<void> => {
      let stop = (): void => undefined;
      const stopped = new Promise<void>((resolve) => (stop = resolve));
      signal.addEventListener('abort', stop);
      while (all.size > 0 && !signal.aborted)
        await Promise.race([stopped, Promise.allSettled([...all].map(({ landed }) => landed))]);
      signal.removeEventListener('abort', stop);
    },
  };
};
