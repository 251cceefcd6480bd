import { figure, perSecond, refused } from '../../localstack/bench/figure';
import { noUnits, type Reading } from '../../localstack/bench/reading';
import { overRounds, runRounds } from '../../localstack/bench/rounds';
import { describeReport } from '../../localstack/bench/tell';

const calm = { cpuMs: 1, demand: 0, waited: 0, peakRssBytes: 0 };

const aReading = (count: number): Reading => ({
  wallMs: 1_000,
  answers: { '200': { count, p50Ms: 0, p99Ms: 0, maxMs: 0 } },
  ...{ subject: calm, generator: calm, backend: null, calls: {}, units: noUnits },
  done: count,
});

describe('rounds', () => {
  test('cases take turns within each round, and each keeps its readings', async () => {
    const turns: string[] = [];
    const aCase = (name: string, counts: number[]) => ({
      name,
      round: () => {
        turns.push(name);
        return Promise.resolve(aReading(counts.shift()!));
      },
    });
    const readings = await runRounds([aCase('floor', [1, 2, 9]), aCase('door', [5, 6, 4])], 3, () => undefined);
    expect(turns).toEqual(['floor', 'door', 'floor', 'door', 'floor', 'door']);
    expect([...readings].map(([name, own]) => [name, overRounds(own, perSecond)])).toEqual([
      ['floor', figure(2)],
      ['door', figure(5)],
    ]);
  });
});

describe('a report', () => {
  test('shows no number that was refused, but why, once', () => {
    const why = refused('the backend was busy (97 %)');
    const rows = [{ name: 'door', cells: { 'posts/s': why, 'p99 ms': why, CPU: figure(1_234.5) } }];
    const text = describeReport({ title: 'ingest', rows, notes: ['a note'], complaints: ['2 lost'] });
    expect(text).toContain('refused, door: the backend was busy (97 %): posts/s, p99 ms');
    expect(text).toContain('1,235');
    expect(text).toContain('a note');
    expect(text).toContain('WRONG: 2 lost');
  });
});
