import type { Tally } from './tally';

const share = (count: number, inputs: number): string => `${((100 * count) / Math.max(1, inputs)).toFixed(1)} %`.padStart(7);

const row = (name: string, count: number, inputs: number): string =>
  `${String(count).padStart(12)}  ${share(count, inputs)}  ${name}`;

const section = (title: string, counts: Tally['seen'], inputs: number): readonly string[] => [
  title,
  ...Object.entries(counts)
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([name, count]) => row(name, count, inputs)),
  '',
];

const startingWith = (prefix: string, counts: Tally['seen']): Tally['seen'] =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([name, count]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), count]] : [])),
  );

/** What happened, for a person: what the inputs were, what became of them, and which was the slowest. */
export const reportOf = (
  { inputs, bytes, reachedMapper, kinds, seen, slowest, faults }: Tally,
  seed: number,
): readonly string[] => [
  ...section('What was sent', kinds, inputs),
  ...section('Inputs with an event, by what is done with it', startingWith('event ', seen), inputs),
  ...section('Inputs refused, by reason (and step)', startingWith('rejection ', seen), inputs),
  ...section('Inputs that reached a mapper', { ...startingWith('mapper ', seen), 'any of them': reachedMapper }, inputs),
  'Besides',
  ...['taken and set aside', 'through all six steps'].map((name) => row(name, seen[name] ?? 0, inputs)),
  '',
  `In all: ${inputs} inputs, ${Math.round(bytes / 1024 / 1024)} MiB.`,
  '',
  'Slowest, by time of the processor (decode, validate, fold)',
  ...slowest.map(
    ({ index, ms, bytes: size, kind }) =>
      `${ms.toFixed(1).padStart(12)} ms  ${size} bytes, ${kind}: --seed ${seed} --one ${index}`,
  ),
  '',
  ...faults.flatMap(({ index, kind, what }) => [
    `Input ${index} (${kind}): ${what}`,
    `Replay it:  npm run fuzz -- --seed ${seed} --one ${index}`,
    '',
  ]),
];
