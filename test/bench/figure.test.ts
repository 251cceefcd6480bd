import {
  callsPerUnit,
  cpuMicrosPerUnit,
  figure,
  median,
  medianFigure,
  p99,
  perSecond,
  ratio,
  refused,
} from '../../localstack/bench/figure';
import { latencyOf, noUnits, type Reading } from '../../localstack/bench/reading';

const idle = { cpuMs: 0, demand: 0.1, waited: 0, peakRssBytes: 0 };
const busy = { cpuMs: 950, demand: 0.95, waited: 0, peakRssBytes: 0 };

const aReading = (changes: Partial<Reading> = {}): Reading => ({
  wallMs: 2_000,
  done: 1_000,
  answers: { '200': { count: 1_000, p50Ms: 3, p99Ms: 9, maxMs: 11 }, '503': { count: 4_000, p50Ms: 1, p99Ms: 1, maxMs: 1 } },
  subject: { ...busy, cpuMs: 500 },
  generator: idle,
  backend: idle,
  calls: { SendMessageBatch: 125 },
  units: noUnits,
  ...changes,
});

describe('figures', () => {
  test('the median of an even number lies between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 1, 2, 4])).toBe(3);
  });

  test('only what was done counts, not what was refused', () => {
    expect(perSecond(aReading())).toEqual(figure(500));
    expect(cpuMicrosPerUnit(aReading())).toEqual(figure(500));
    expect(callsPerUnit(aReading(), 'SendMessageBatch')).toEqual(figure(0.125));
    expect(callsPerUnit(aReading(), 'GetItem')).toEqual(figure(0));
  });

  test('nothing costs nothing to nobody: without anything done there is no figure', () => {
    expect(cpuMicrosPerUnit(aReading({ done: 0 }))).toEqual(refused('nothing was done'));
  });

  test('where the generator was busy and the subject was not, its throughput and its latency are refused', () => {
    const reading = aReading({ generator: busy, subject: idle });
    expect(perSecond(reading)).toEqual(refused('the load generator was busy (95 %)'));
    expect(p99(reading)).toEqual(refused('the load generator was busy (95 %)'));
    expect(cpuMicrosPerUnit(reading)).toMatchObject({ kind: 'figure' });
  });

  test('where the backend was busy and the subject was not, its throughput is refused', () => {
    expect(perSecond(aReading({ backend: busy, subject: idle }))).toEqual(refused('the backend was busy (95 %)'));
  });

  test('a subject that was busy itself has shown its throughput; its latency is still somebody else’s besides', () => {
    const reading = aReading({ generator: busy });
    expect(perSecond(reading)).toEqual(figure(500));
    expect(p99(reading)).toMatchObject({ kind: 'refused' });
  });

  test('a subject that had no core shows what the machine did besides', () => {
    const reading = aReading({ subject: { ...busy, waited: 0.5 } });
    expect([perSecond(reading), p99(reading)]).toEqual(Array(2).fill(refused('it had no core for 50 % of the time')));
  });

  test('what was never answered has no latency', () => {
    expect(p99(aReading({ answers: {} }))).toEqual(refused('nothing was done'));
  });

  test('nothing busy, everything counts', () => {
    const reading = aReading({ subject: idle, backend: null });
    expect([perSecond(reading), p99(reading), p99(reading, '503')]).toEqual([figure(500), figure(9), figure(1)]);
  });

  test('the median of rounds leaves out the few that were refused, and is refused where they are not few', () => {
    expect(medianFigure([figure(3), refused('busy'), figure(1)])).toEqual(figure(2));
    expect(medianFigure([figure(3), refused('busy')])).toEqual(refused('busy'));
    expect(medianFigure([])).toEqual(refused('nothing was measured'));
  });

  test('a ratio with something refused is refused, for its reason', () => {
    expect(ratio(figure(3), figure(2))).toEqual(figure(1.5));
    expect(ratio(refused('busy'), figure(2))).toEqual(refused('busy'));
    expect(ratio(figure(3), refused('no floor'))).toEqual(refused('no floor'));
    expect(ratio(figure(3), figure(0))).toEqual(refused('the floor is 0'));
  });

  test('of a hundred answers the 99th percentile is the slowest, of a thousand the eleventh slowest is not over it', () => {
    expect(latencyOf(Array.from({ length: 100 }, (_, index) => 100 - index))).toEqual({
      count: 100,
      p50Ms: 51,
      p99Ms: 100,
      maxMs: 100,
    });
    expect(latencyOf(Array.from({ length: 1_000 }, (_, index) => index + 1)).p99Ms).toBe(991);
    expect(latencyOf([])).toEqual({ count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 });
  });
});
