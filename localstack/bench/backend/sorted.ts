/** The first place whose entry does not lie before what is looked for; entries that do come first. */
export const placeIn = <T>(list: readonly T[], liesBefore: (entry: T) => boolean): number => {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (liesBefore(list[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** Lists in order, each under a name; an empty one is none. */
export const sortedLists = <T>(order: (one: T, other: T) => number) => {
  const lists = new Map<string, T[]>();
  const none: readonly T[] = [];
  const placeOf = (list: readonly T[], one: T): number => placeIn(list, (entry) => order(entry, one) < 0);
  return {
    list: (name: string): readonly T[] => lists.get(name) ?? none,
    /** Takes the place of one that is as high in the order. */
    put: (name: string, one: T): void => {
      const list = lists.get(name);
      if (list === undefined) return void lists.set(name, [one]);
      const place = placeOf(list, one);
      const isThere = place < list.length && order(list[place]!, one) === 0;
      list.splice(place, isThere ? 1 : 0, one);
    },
    remove: (name: string, one: T): void => {
      const list = lists.get(name);
      if (list === undefined) return;
      const place = placeOf(list, one);
      if (place < list.length && order(list[place]!, one) === 0) list.splice(place, 1);
      if (list.length === 0) lists.delete(name);
    },
    names: (): Iterable<string> => lists.keys(),
    clear: (): void => lists.clear(),
  };
};
