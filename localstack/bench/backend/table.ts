import { compare, equal, textOf, type Attribute, type Item } from './attribute';
import { placeIn, sortedLists } from './sorted';
import { writeUnits, type Tally } from './units';

/** The one table that there is, by partition and sort key, and its index `due`: whatever has both `dueOn` and `dueAt`. */
export interface Table {
  readonly get: (key: Item) => Item | undefined;
  /** Puts `after` where `before` is; undefined: nothing there. Counts the units. */
  readonly change: (before: Item | undefined, after: Item | undefined) => void;
  readonly partition: (key: string) => readonly Item[];
  readonly due: (key: string) => readonly Item[];
  readonly all: () => Iterable<Item>;
  readonly clear: () => void;
}

const bySortKey = (one: Item, other: Item): number => {
  const [left, right] = [textOf(one, 'sk'), textOf(other, 'sk')];
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

const byDueTime = (one: Item, other: Item): number =>
  compare(one['dueAt']!, other['dueAt']!) || compare(one['pk']!, other['pk']!) || bySortKey(one, other);

const indexEntry = (item: Item | undefined): Item | undefined => {
  const dueOn: Attribute | undefined = item?.['dueOn'];
  const dueAt: Attribute | undefined = item?.['dueAt'];
  return item && dueOn && dueAt ? { pk: item['pk']!, sk: item['sk']!, dueOn, dueAt } : undefined;
};

export const createTable = (tally: Tally): Table => {
  const partitions = sortedLists(bySortKey);
  const index = sortedLists(byDueTime);

  const changeIndex = (before: Item | undefined, after: Item | undefined): void => {
    if (before && after && equal(before['dueOn'], after['dueOn']) && equal(before['dueAt'], after['dueAt'])) return;
    if (before) {
      index.remove(textOf(before, 'dueOn'), before);
      tally.indexWrite += 1;
    }
    if (after) {
      index.put(textOf(after, 'dueOn'), after);
      tally.indexWrite += 1;
    }
  };

  return {
    get: (key) => {
      const list = partitions.list(textOf(key, 'pk'));
      const found = list[placeIn(list, (entry) => bySortKey(entry, key) < 0)];
      return found && textOf(found, 'sk') === textOf(key, 'sk') ? found : undefined;
    },
    change: (before, after) => {
      tally.write += writeUnits(before, after);
      if (after) partitions.put(textOf(after, 'pk'), after);
      else if (before) partitions.remove(textOf(before, 'pk'), before);
      changeIndex(indexEntry(before), indexEntry(after));
    },
    partition: partitions.list,
    due: index.list,
    all: function* () {
      for (const name of partitions.names()) yield* partitions.list(name);
    },
    clear: () => {
      partitions.clear();
      index.clear();
    },
  };
};
