import { genesysNames } from '../../src/genesys/names';
import { silentLog } from '../../src/log';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { heapUsed } from '../heap';

const beatMs = 5_000;

test('looking for names again and again leaves nothing behind', async () => {
  const clock = virtualClock();
  const client = { send: () => Promise.resolve({ kind: 'ok', status: 200, body: { entities: [], pageCount: 1 } } as const) };
  const names = genesysNames(client, { clock, random: seededRandom(1), log: silentLog });
  const stop = new AbortController();
  const running = names.run(stop.signal);
  await clock.advance(1_000 * beatMs);
  const before = await heapUsed();
  await clock.advance(20_000 * beatMs);
  // A beat that left one object of 32 bytes would be seen.
  expect((await heapUsed()) - before).toBeLessThan(20_000 * 32);
  stop.abort();
  await running;
});
