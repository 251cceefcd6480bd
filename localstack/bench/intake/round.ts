import { setTimeout as pause } from 'node:timers/promises';
import { countedBy, setFlow, type Counted } from '../backend/control';
import { endlessFlow, noFlow } from '../backend/flow';
import type { Reading } from '../reading';
import { lookAt, readingBetween } from '../worker/look';
import type { Standing } from './field';

export const deletedOf = ({ deleted }: Counted): number => deleted;

const lookEveryMs = 100;

const until = async (url: string, isSo: (counted: Counted) => boolean, patienceMs: number): Promise<void> => {
  const endsAtMs = performance.now() + patienceMs;
  while (!isSo(await countedBy(url)) && performance.now() < endsAtMs) await pause(lookEveryMs);
};

export const untilDeleted = (url: string, enough: number, ms: number): Promise<void> =>
  until(url, ({ deleted }) => deleted >= enough, ms);

const patienceMs = 120_000;

/** What is in hand when the flow ends is deleted within some round trips. */
const idleAfterMs = (rttMs: number): number => 400 + 10 * rttMs;

/** Waits until so many are deleted, or nothing has been for a while. */
export const calm = async (url: string, idleMs: number, enough = Infinity): Promise<void> => {
  let last = { deleted: -1, atMs: performance.now() };
  const isCalm = ({ deleted }: Counted): boolean => {
    if (deleted !== last.deleted) last = { deleted, atMs: performance.now() };
    return performance.now() - last.atMs >= idleMs || deleted >= enough;
  };
  await until(url, isCalm, patienceMs);
};

/** Enough for code to get fast, or as long as one has patience with whoever is slow. */
const warm = { messages: 10_000, patienceMs: 30_000 } as const;

/** Not counted: code gets fast only after some thousands of messages, and by then as many conversations end as begin. */
export const warmUp = async ({ backend: { url } }: Standing, rttMs: number): Promise<void> => {
  await setFlow(url, endlessFlow);
  await untilDeleted(url, warm.messages, warm.patienceMs);
  await setFlow(url, noFlow);
  await calm(url, idleAfterMs(rttMs));
};

const againWarmMs = 1_000;

export const measureRound = async ({ backend, program }: Standing, seconds: number, rttMs: number): Promise<Reading> => {
  await setFlow(backend.url, endlessFlow);
  await pause(againWarmMs);
  const watched = { pids: [program.pid], backend };
  const before = await lookAt(watched);
  await pause(seconds * 1_000);
  const after = await lookAt(watched);
  await setFlow(backend.url, noFlow);
  await calm(backend.url, idleAfterMs(rttMs));
  return readingBetween(before, after, deletedOf);
};
