import type { Reading } from '../../localstack/bench/reading';
import { entrants, floorName, protocolName, seedName, tidemarkName, tuned } from '../../localstack/bench/intake/entrants';
import { betterNotes, settingsRows } from '../../localstack/bench/intake/settings';
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

  test('each process has a name of its own, with another number of pollers too', () => {
    expect(new Set(entrants.map(({ key }) => key)).size).toBe(entrants.length);
    for (const one of tuned) expect(new Set([one.at(1), one.at(2), one.at(3)].map(({ key }) => key)).size).toBe(3);
  });
});

describe('each number of pollers is held against the one that is measured', () => {
  const settings = new Map([
    [8, [aReading(1_500, 500)]],
    [16, [aReading(2_000, 800)]],
    [32, [aReading(2_150, 900)]],
  ]);

  test('all of them are told', () => {
    expect(settingsRows({ name: 'it', pollers: 16 }, settings)).toMatchObject([
      { name: 'it, 8', cells: { '× as measured': { value: 0.75 } } },
      { name: 'it, 16 (as measured by intake)', cells: { '× as measured': { value: 1 }, 'CPU µs/message': { value: 400 } } },
      { name: 'it, 32', cells: { 'messages/s': { value: 2_150 } } },
    ]);
  });

  test('whoever would be faster with another is named', () => {
    expect(betterNotes({ name: 'it', pollers: 16 }, settings)).toEqual([]);
    expect(betterNotes({ name: 'it', pollers: 8 }, settings)).toEqual([
      'it: not at its best with 8 pollers, 1.33 × as fast with 16',
      'it: not at its best with 8 pollers, 1.43 × as fast with 32',
    ]);
  });
});
