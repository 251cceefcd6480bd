import type { Reading } from '../../localstack/bench/reading';
import { entrants, floorName, protocolName, seedName, tidemarkName } from '../../localstack/bench/intake/entrants';
import { idleNotes, targetNotes } from '../../localstack/bench/intake/targets';

const aReading = (done: number, cpuMs: number, demand = 1): Reading => ({
  wallMs: 1_000,
  done,
  answers: {},
  subject: { cpuMs, demand, waited: 0, peakRssBytes: 0 },
  generator: null,
  backend: { cpuMs: 100, demand: 0.1, waited: 0, peakRssBytes: 0 },
  calls: { ReceiveMessage: done * 0.1, BatchWriteItem: done * 0.3 },
  units: { write: 0, indexWrite: 0, read: 0 },
});

const readingsOf = (tidemark: Reading) =>
  new Map([
    [floorName, [aReading(4_000, 800)]],
    [protocolName, [aReading(3_000, 900)]],
    [tidemarkName, [tidemark]],
    [seedName, [aReading(20, 40, 0.1)]],
  ]);

const verdicts = (notes: readonly string[]) => notes.map((note) => / (met|missed|no figure) \(/.exec(note)?.[1]);

describe('what is aimed at is told with what came of it', () => {
  test('met, each of them', () => {
    // 350 µs a message, against 300 and 200; 0.4 requests; 2,500 a second, against 20.
    expect(verdicts(targetNotes(readingsOf(aReading(2_500, 875))))).toEqual(['met', 'met', 'met', 'met', 'met']);
  });

  test('missed, each by itself', () => {
    expect(verdicts(targetNotes(readingsOf(aReading(2_500, 1_250))))).toEqual(['missed', 'missed', 'met', 'met', 'met']);
    expect(verdicts(targetNotes(readingsOf(aReading(800, 300))))).toEqual(['met', 'met', 'met', 'missed', 'missed']);
    const chatty = { ...aReading(2_500, 875), calls: { UpdateItem: 1_200 } };
    expect(verdicts(targetNotes(readingsOf(chatty)))).toEqual(['met', 'met', 'missed', 'met', 'met']);
  });

  test('of what was not measured nothing is said to be met', () => {
    const starved = { ...aReading(2_500, 875), subject: { cpuMs: 875, demand: 1, waited: 0.8, peakRssBytes: 0 } };
    expect(verdicts(targetNotes(readingsOf(starved))).slice(3)).toEqual(['no figure', 'no figure']);
    expect(verdicts(targetNotes(new Map())).every((verdict) => verdict === 'no figure')).toBe(true);
  });

  test('a worker that was hardly fed is not judged by what it does besides', () => {
    expect(verdicts(targetNotes(readingsOf(aReading(10, 300)))).every((verdict) => verdict === 'no figure')).toBe(true);
  });

  test('whoever had time to spare is named, but not who works one message at a time', () => {
    expect(idleNotes(readingsOf(aReading(2_500, 600, 0.7)))).toEqual([expect.stringContaining(tidemarkName)]);
    expect(idleNotes(readingsOf(aReading(2_500, 600, 0.95)))).toEqual([]);
  });

  test('each process has a name of its own', () => {
    expect(new Set(entrants.map(({ key }) => key)).size).toBe(entrants.length);
  });
});
