/** How items of several callers become one call. */
export interface Gathering<T, R> {
  readonly size: number;
  /** How long the first item of a call that is not full waits for more. */
  readonly waitMs: number;
  readonly send: (items: readonly T[]) => Promise<R>;
}

/** A call that is not full yet. */
interface Open<T, R> {
  readonly items: Set<T>;
  readonly done: Promise<R>;
  readonly leave: () => void;
}

/**
 * Answers what came of each call that took one of the items. The same item twice goes once. One promise for a call, none for an
 * item: a floor must not pay for more than it needs.
 */
export const gathering = <T, R>({ size, waitMs, send }: Gathering<T, R>): ((items: readonly T[]) => Promise<readonly R[]>) => {
  let open: Open<T, R> | null = null;
  const begin = (): Open<T, R> => {
    const items = new Set<T>();
    let full: () => void;
    const done = new Promise<void>((resolve) => (full = resolve)).then(() => send([...items]));
    const leave = (): void => {
      clearTimeout(timer);
      open = null;
      full();
    };
    const timer = setTimeout(leave, waitMs);
    return { items, done, leave };
  };
  return (items) => {
    const joined = new Set<Promise<R>>();
    for (const item of items) {
      open ??= begin();
      open.items.add(item);
      joined.add(open.done);
      if (open.items.size === size) open.leave();
    }
    return Promise.all(joined);
  };
};
