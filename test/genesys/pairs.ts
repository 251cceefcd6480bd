type Factors = Readonly<Record<string, readonly string[]>>;
type Row = Readonly<Record<string, string>>;

const pairOf = (one: string, oneValue: string, other: string, otherValue: string): string =>
  [`${one}=${oneValue}`, `${other}=${otherValue}`].sort().join(' ');

const pairsOf = (row: Row): readonly string[] => {
  const set = Object.entries(row);
  return set.flatMap(([one, oneValue], index) =>
    set.slice(index + 1).map(([other, otherValue]) => pairOf(one, oneValue, other, otherValue)),
  );
};

const allPairs = (factors: Factors): Set<string> => {
  const names = Object.keys(factors);
  const pairs = names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        factors[one]!.flatMap((oneValue) => factors[other]!.map((value) => pairOf(one, oneValue, other, value))),
      ),
  );
  return new Set(pairs);
};

/** The row that starts with a pair nobody has seen, and takes of every further factor the value that adds the most unseen pairs. */
const rowFrom = (start: string, factors: Factors, unseen: ReadonlySet<string>): Row => {
  const row: Record<string, string> = Object.fromEntries(start.split(' ').map((part) => part.split('=') as [string, string]));
  for (const [name, values] of Object.entries(factors)) {
    if (row[name] !== undefined) continue;
    const gain = (value: string): number =>
      Object.entries(row).filter(([other, otherValue]) => unseen.has(pairOf(name, value, other, otherValue))).length;
    row[name] = values.reduce((best, value) => (gain(value) > gain(best) ? value : best));
  }
  return row;
};

/** Rows in which every two values of any two factors meet: a dozen or two where all combinations would be many thousands. */
export const everyPair = (factors: Factors): readonly Row[] => {
  const unseen = allPairs(factors);
  const rows: Row[] = [];
  for (let [start] = unseen; start !== undefined; [start] = unseen) {
    const row = rowFrom(start, factors, unseen);
    rows.push(row);
    for (const pair of pairsOf(row)) unseen.delete(pair);
  }
  return rows;
};
