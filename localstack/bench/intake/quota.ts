import { setTimeout as pause } from 'node:timers/promises';
import { setFlow, setWeather } from '../backend/control';
import { endlessFlow } from '../backend/flow';
import type { Reading } from '../reading';
import type { Bench } from '../subject';
import { lookAt, readingBetween } from '../worker/look';
import { seedUnderQuota } from './entrants';
import { enter, leave } from './field';
import { deletedOf, untilDeleted } from './round';

/** What Genesys grants one client. */
const perMinute = 300;

const minuteMs = 60_000;

/**
 * A query for each message, under the quota that there is: a minute of it, whatever else is measured meanwhile. It mostly waits, so
 * neither holds up the other.
 */
export const measureUnderQuota = async (bench: Bench): Promise<Reading> => {
  const standing = await enter(bench, seedUnderQuota);
  const { backend, program } = standing;
  await setWeather(backend.url, { rttMs: bench.options.rttMs, failing: 0, genesysPerMinute: perMinute });
  await setFlow(backend.url, endlessFlow);
  // A whole minute of Genesys's: what it grants is used up at the beginning of each.
  await untilDeleted(backend.url, 1, minuteMs);
  await pause(minuteMs - (Date.now() % minuteMs));
  const watched = { pids: [program.pid], backend };
  const before = await lookAt(watched);
  await pause(minuteMs);
  const after = await lookAt(watched);
  await leave(standing);
  return readingBetween(before, after, deletedOf);
};
