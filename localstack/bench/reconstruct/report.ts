import { figure, median, ratio } from '../figure';
import type { Report, Row } from '../subject';
import { kinds, type Kind } from './conversation';
import type { Told } from './told';

export const sizes = [12, 1_000, 10_000] as const;

/** Per event, against the size before: 1 is linear. */
const growthAimedAt = 1.5;
/** Ten times the events at ten times the price each would be 10. */
const growthRefused = 2;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The middle round of each stage. */
const overRounds = (rounds: readonly (readonly Told[])[], kind: Kind, size: number): Told => {
  const own = rounds.flatMap((told) => told.filter((one) => one.kind === kind && one.size === size));
  const names = Object.keys(own[0]!.stages);
  const stages = Object.fromEntries(names.map((name) => [name, median(own.map(({ stages: of }) => of[name]!))]));
  return { kind, size, floor: median(own.map(({ floor }) => floor)), stages };
};

const total = ({ stages }: Told): number => sum(Object.values(stages));

const rowOf = (told: Told, before: Told | undefined): Row => {
  const all = figure(total(told));
  const stages = Object.fromEntries(Object.entries(told.stages).map(([name, micros]) => [name, figure(micros)]));
  const growth = before === undefined ? {} : { growth: ratio(all, figure(total(before))) };
  return {
    name: `${told.kind}, ${told.size.toLocaleString('en-US')} events`,
    cells: {
      'CPU µs/event': all,
      floor: figure(told.floor),
      'of floor': ratio(all, figure(told.floor)),
      ...growth,
      ...stages,
      'ms a close': figure((total(told) * told.size) / 1_000),
    },
  };
};

export const reportOf = (rounds: readonly (readonly Told[])[]): Report => {
  const found = kinds.map((kind) => sizes.map((size) => overRounds(rounds, kind, size)));
  const grown = found.flatMap(([, middle, large]) => [{ middle: middle!, large: large! }]);
  return {
    title: 'reconstruct',
    rows: found.flatMap((of) => of.map((one, index) => rowOf(one, of[index - 1]))),
    notes: [
      'the close of a revision whose record before it lacks one event; from µs/event to gaps CPU µs per event, all threads together',
      'floor: JSON.parse of the same events, sort, JSON.stringify; growth: against the same with fewer events, 1 is linear',
      `aimed at: growth to 10,000 events of at most ${growthAimedAt}`,
    ],
    complaints: grown
      .filter(({ middle, large }) => total(large) > growthRefused * total(middle))
      .map(
        ({ middle, large }) =>
          `${large.kind}: an event of ${large.size} takes ${(total(large) / total(middle)).toFixed(1)} times what one of ${middle.size} takes`,
      ),
  };
};
