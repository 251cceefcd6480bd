import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../config';
import type { OnCallOutside } from '../../on-call/outside';
import { forgetInSnapshot, snapshotName, type SnapshotStore } from '../../on-call/snapshot';

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** One level at a time, since Node's own way to make several never ends where a file system refuses all of them, as /proc does. */
const ensureFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
};

/** A file that only its owner can read, replaced as a whole. */
const snapshotFile = (file: string): SnapshotStore => ({
  read: () =>
    readFile(file, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    }),
  replace: async (text) => {
    await ensureFolder(path.dirname(path.dirname(file)));
    await ensureFolder(path.dirname(file));
    const fresh = `${file}.${process.pid}`;
    try {
      await writeFile(fresh, text, { mode: 0o600 });
      await rename(fresh, file);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  },
});

/** In the cache of whoever looks: it may be deleted at any time. */
export const snapshotOf = (outside: Pick<OnCallOutside, 'letterQueues' | 'notLookedAt' | 'executions'>): SnapshotStore =>
  snapshotFile(path.join(cacheFolder(), `${snapshotName(outside)}.jsonl`));

/** For a command that has moved or removed what the lists still show. A snapshot that cannot be changed is only out of date. */
export const forgetStopped = (outside: OnCallOutside, ids: readonly string[]): Promise<void> =>
  forgetInSnapshot(snapshotOf(outside), outside, new Set(ids)).catch(() => undefined);
