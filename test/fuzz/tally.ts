import type { Input } from './draw-input';
import type { Outcome } from './judge-input';

export interface Slow {
  readonly index: number;
  readonly ms: number;
  readonly bytes: number;
  readonly kind: string;
}

export interface Fault {
  readonly index: number;
  readonly kind: string;
  readonly what: string;
}

/** What has become of the inputs so far. Plain data: processes send theirs to one another. */
export interface Tally {
  readonly inputs: number;
  readonly bytes: number;
  readonly reachedMapper: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly seen: Readonly<Record<string, number>>;
  /** The slowest few. */
  readonly slowest: readonly Slow[];
  /** The first few. */
  readonly faults: readonly Fault[];
  readonly faulty: number;
}

const mostNamed = 5;

export const noTally: Tally = {
  inputs: 0,
  bytes: 0,
  reachedMapper: 0,
  kinds: {},
  seen: {},
  slowest: [],
  faults: [],
  faulty: 0,
};

const addCounts = (a: Tally['seen'], b: Tally['seen']): Tally['seen'] => {
  const sum: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};

export const addTallies = (a: Tally, b: Tally): Tally => ({
  inputs: a.inputs + b.inputs,
  bytes: a.bytes + b.bytes,
  reachedMapper: a.reachedMapper + b.reachedMapper,
  kinds: addCounts(a.kinds, b.kinds),
  seen: addCounts(a.seen, b.seen),
  slowest: [...a.slowest, ...b.slowest].sort((one, other) => other.ms - one.ms).slice(0, mostNamed),
  faults: [...a.faults, ...b.faults].sort((one, other) => one.index - other.index).slice(0, mostNamed),
  faulty: a.faulty + b.faulty,
});

/** Each once, however often one input showed it. */
const once = (names: readonly string[]): Tally['seen'] => Object.fromEntries(names.map((name) => [name, 1]));

export const tallyOf = (index: number, { body, kind }: Input, { seen, reachedMapper, ms, faults }: Outcome): Tally => {
  const bytes = Buffer.byteLength(body);
  return {
    inputs: 1,
    bytes,
    reachedMapper: reachedMapper ? 1 : 0,
    kinds: { [kind]: 1 },
    seen: once(seen),
    slowest: [{ index, ms, bytes, kind }],
    faults: faults.length === 0 ? [] : [{ index, kind, what: faults.join('; ').slice(0, 2_000) }],
    faulty: faults.length === 0 ? 0 : 1,
  };
};
