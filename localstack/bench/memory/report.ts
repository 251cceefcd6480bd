import { figure, median, type Figure } from '../figure';
import type { Report, Row } from '../subject';
import type { Heap, Told } from './told';

const megabytes = 1e6;

/** Of the hour: code is compiled, lists find their size. */
export const warmUpMarks = 3;
export const markMinutes = 5;

/** More than this an hour is a leak; what chance and the compiler move about is less. */
const flatMbPerHour = 1;

const held = ({ heapUsed, code, external }: Heap): number => heapUsed - code + external;
const codeOf = ({ code }: Heap): number => code;

/** Least squares: what it grows by in an hour, in MB. */
export const growthPerHour = (marks: readonly Heap[], bytesOf = held): number => {
  const points = marks.map((mark, index) => ({ hours: (index * markMinutes) / 60, mb: bytesOf(mark) / megabytes }));
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [hours, mb] = [meanOf(points.map((point) => point.hours)), meanOf(points.map((point) => point.mb))];
  const together = points.reduce((sum, point) => sum + (point.hours - hours) * (point.mb - mb), 0);
  return together / points.reduce((sum, point) => sum + (point.hours - hours) ** 2, 0);
};

const middle = (rounds: readonly Told[], measure: (told: Told) => number): number => median(rounds.map(measure));
const mb = (rounds: readonly Told[], measure: (told: Told) => number): Figure => figure(middle(rounds, measure) / megabytes);

const warm = ({ marks }: Told): readonly Heap[] => marks.slice(warmUpMarks);
const grownIn = (told: Told): number => growthPerHour(warm(told));

const hourRow = (rounds: readonly Told[]): Row => ({
  name: 'an hour of load',
  cells: {
    'idle MB': mb(rounds, ({ idle }) => held(idle)),
    'after it MB': mb(rounds, ({ marks }) => held(marks.at(-1)!)),
    'MB/hour': figure(middle(rounds, grownIn)),
    'code MB': mb(rounds, ({ marks }) => codeOf(marks.at(-1)!)),
    'code MB/hour': figure(middle(rounds, (told) => growthPerHour(warm(told), codeOf))),
    'RSS MB': mb(rounds, ({ marks }) => marks.at(-1)!.rss),
    messages: figure(middle(rounds, ({ messages }) => messages)),
    closes: figure(middle(rounds, ({ closed }) => closed)),
  },
});

const openRow = (rounds: readonly Told[], index: number): Row => {
  const at = (told: Told) => told.open[index]!;
  const { windows } = at(rounds[0]!);
  const perWindow = (measure: (open: Told['open'][number]) => number): Figure =>
    figure(middle(rounds, (told) => measure(at(told))) / windows);
  return {
    name: `${windows.toLocaleString('en-US')} windows open`,
    cells: {
      'idle MB': mb(rounds, (told) => held(at(told).none)),
      'after it MB': mb(rounds, (told) => held(at(told).without)),
      'worker bytes/window': perWindow(({ without, none }) => held(without) - held(none)),
      'table bytes/window': perWindow(({ withTable, without }) => held(withTable) - held(without)),
    },
  };
};

export const reportOf = (rounds: readonly Told[]): Report => {
  const grown = middle(rounds, grownIn);
  return {
    title: 'memory of a worker',
    rows: [hourRow(rounds), ...rounds[0]!.open.map((_, index) => openRow(rounds, index))],
    notes: [
      'heap and buffers after a collection, with nothing in hand and the table in memory taken away: what is left is the worker; compiled code is told apart',
      `of it without a worker, the compiled registry included: ${(middle(rounds, ({ before }) => held(before)) / megabytes).toFixed(1)} MB`,
      `MB/hour: least squares over the marks every ${markMinutes} minutes after the first ${warmUpMarks * markMinutes}; flat is less than ${flatMbPerHour}`,
      'table: what the table in memory holds for a window, where production has DynamoDB',
    ],
    complaints: grown > flatMbPerHour ? [`its heap grows by ${grown.toFixed(1)} MB an hour`] : [],
  };
};
