import { growthPerHour, markMinutes, reportOf, warmUpMarks } from '../../localstack/bench/memory/report';
import type { Told } from '../../localstack/bench/memory/told';

const heap = (mb: number, external = 0) => ({
  heapUsed: mb * 1e6 + 5e6,
  code: 5e6,
  external: external * 1e6,
  rss: 150e6,
});

const marksOf = (perHour: number): Told['marks'] =>
  Array.from({ length: 12 }, (_, index) => heap(40 + (perHour * index * markMinutes) / 60));

const aRound = (marks: Told['marks']): Told => ({
  ...{ before: heap(38), idle: heap(39), marks, messages: 20_000, closed: 3_000 },
  open: [{ windows: 10_000, none: heap(41), withTable: heap(61), without: heap(41.5) }],
});

describe('the memory of a worker', () => {
  test('that grows steadily grows by so much an hour, buffers included', () => {
    expect(growthPerHour(marksOf(12))).toBeCloseTo(12);
    expect(growthPerHour(marksOf(0))).toBe(0);
    expect(growthPerHour(marksOf(0).map((mark, index) => ({ ...mark, external: index * 1e6 })))).toBeCloseTo(60 / markMinutes);
  });

  test('that finds its size while code gets warm is flat', () => {
    const warming = marksOf(0).map((mark, index) => (index < warmUpMarks ? heap(10) : mark));
    expect(reportOf([aRound(warming)]).complaints).toEqual([]);
  });

  test('is not what the compiler makes of its code', () => {
    const compiling = marksOf(0).map((mark, index) => ({
      ...mark,
      heapUsed: mark.heapUsed + index * 1e6,
      code: mark.code + index * 1e6,
    }));
    const { rows, complaints } = reportOf([aRound(compiling)]);
    expect(complaints).toEqual([]);
    expect(rows[0]!.cells).toMatchObject({ 'MB/hour': { value: 0 }, 'code MB': { value: 16 } });
  });

  test('that grows by megabytes an hour is a complaint', () => {
    expect(reportOf([aRound(marksOf(4))]).complaints).toEqual(['its heap grows by 4.0 MB an hour']);
  });

  test('per open window is told apart from that of the table that holds it', () => {
    const { rows } = reportOf([aRound(marksOf(0))]);
    expect(rows.at(-1)).toMatchObject({
      name: '10,000 windows open',
      cells: { 'worker bytes/window': { value: 50 }, 'table bytes/window': { value: 1_950 } },
    });
  });
});
