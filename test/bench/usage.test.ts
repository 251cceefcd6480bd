import { spentBetween, usageOf, type Usage } from '../../localstack/bench/usage';

const used = (cpuMs: number, wantedMs: number, waitedMs: number): Usage => ({
  cpuMs,
  wantedMs,
  waitedMs,
  rssBytes: 1,
  peakRssBytes: 2,
});

describe('what a process used', () => {
  test('an event loop that had no core wanted one all the same', () => {
    const spent = spentBetween(used(100, 200, 20), used(500, 1_100, 520), 1_000);
    expect(spent).toEqual({ cpuMs: 400, demand: 0.9, waited: 0.5, peakRssBytes: 2 });
  });

  test('nothing wants more than all of the time', () => {
    expect(spentBetween(used(0, 0, 0), used(3_000, 3_000, 0), 1_000)).toMatchObject({ cpuMs: 3_000, demand: 1 });
  });

  test('of a process that lives there is something to read', () => {
    const { cpuMs, wantedMs, rssBytes, peakRssBytes } = usageOf(process.pid);
    expect([cpuMs > 0, wantedMs > 0, rssBytes > 1e6, peakRssBytes >= rssBytes]).toEqual([true, true, true, true]);
  });
});
