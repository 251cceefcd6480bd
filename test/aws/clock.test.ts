import { awsClock } from '../../src/aws/clock';

const hostAt = (ms: number) => ({ nowMs: () => ms, monotonicMs: () => 7 });
const noon = Date.UTC(2026, 0, 5, 12);

test("the host's time holds until AWS has answered, and AWS's from then on", () => {
  const clock = awsClock(hostAt(noon));
  expect(clock.nowMs()).toBe(noon);
  clock.learn({ sentMs: noon, receivedMs: noon, date: 'Mon, 05 Jan 2026 12:01:00 GMT' });
  expect(clock.nowMs()).toBe(noon + 60_000);
});

test('a header that is no date teaches nothing', () => {
  const clock = awsClock(hostAt(noon));
  clock.learn({ sentMs: noon, receivedMs: noon, date: 'yesterday' });
  expect(clock.nowMs()).toBe(noon);
});

test("corrections leave the monotonic clock alone: it is the host's", () => {
  const clock = awsClock(hostAt(noon));
  clock.learn({ sentMs: noon, receivedMs: noon, date: 'Mon, 05 Jan 2026 12:01:00 GMT' });
  expect(clock.monotonicMs()).toBe(7);
});

test('a sleep ends at once when its signal aborts, before or during it, and never rejects', async () => {
  const clock = awsClock(hostAt(noon));
  const stop = new AbortController();
  const sleeping = clock.sleep(3_600_000, stop.signal);
  stop.abort();
  await expect(sleeping).resolves.toBeUndefined();
  await expect(clock.sleep(3_600_000, stop.signal)).resolves.toBeUndefined();
  await expect(clock.sleep(-5)).resolves.toBeUndefined();
});
