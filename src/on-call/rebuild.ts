import type { Head } from '../core/items';
import { limits } from '../core/limits';
import type { RebuildMode } from '../core/rebuild';
import { markForRebuild } from '../core/window-rebuild';
import type { OnCallOutside } from './outside';
import { seeFleet } from './workers';

/** Which windows, and what for. */
export interface RebuildAsked {
  /** Named ones, or null: all whose head was written since. */
  readonly conversationIds: readonly string[] | null;
  readonly sinceMs: number;
  readonly mode: RebuildMode;
  /** Marked in a second. */
  readonly perSecond: number;
  /** Where an interrupted run was. */
  readonly from: string | null;
}

export interface RebuildCounts {
  readonly found: number;
  readonly marked: number;
  /** They wait for a person: rebuilt once that one has opened them. */
  readonly parked: number;
  /** Named, and not there; or gone, or fought over, while they were marked. */
  readonly missed: number;
  readonly readUnits: number;
}

export interface Page {
  readonly heads: readonly Head[];
  /** Where it began: whoever stops in it goes on from here. */
  readonly from: string | null;
  readonly items: number;
  readonly readUnits: number;
}

type PagesOutside = Pick<OnCallOutside, 'table' | 'scan'>;

const chunked = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

const tries = 8;

/** In the order in which they were named; one that the table does not answer for is asked for again. */
export const readHeads = async (table: OnCallOutside['table'], ids: readonly string[]): Promise<readonly Head[]> => {
  const found = new Map<string, Head | null>();
  let left = [...new Set(ids)];
  for (let round = 0; left.length > 0 && round < tries; round++) {
    const answers = await Promise.all(chunked(left, limits.readBatch).map((some) => table.readHeads(some)));
    for (const [id, head] of answers.flatMap(({ heads }) => [...heads])) found.set(id, head);
    left = left.filter((id) => !found.has(id));
  }
  if (left.length > 0)
    throw new Error(`Expected the table to answer for ${ids.length} windows, ${left.length} are left: it throttles.`);
  return [...found.values()].filter((head) => head !== null);
};

/** The windows that were asked for. */
export async function* pagesAsked(
  { table, scan }: PagesOutside,
  asked: Omit<RebuildAsked, 'perSecond' | 'mode'>,
): AsyncIterable<Page> {
  const { conversationIds, sinceMs } = asked;
  if (conversationIds) {
    const heads = await readHeads(table, conversationIds);
    yield { heads: heads.filter(({ finished }) => finished > 0), from: null, items: conversationIds.length, readUnits: 0 };
    return;
  }
  let from = asked.from;
  do {
    const { heads, next, items, readUnits } = await scan.page(sinceMs, from);
    yield { heads, from, items, readUnits };
    from = next;
  } while (from !== null);
}

/** One after the other, so many in a second at most. */
const pacer = ({ clock }: Pick<OnCallOutside, 'clock'>, perSecond: number, stop: AbortSignal) => {
  let nextAt = clock.monotonicMs();
  return async (): Promise<void> => {
    const nowMs = clock.monotonicMs();
    nextAt = Math.max(nextAt, nowMs);
    if (nextAt > nowMs) await clock.sleep(nextAt - nowMs, stop);
    nextAt += 1_000 / perSecond;
  };
};

export type RebuildOutside = PagesOutside & Pick<OnCallOutside, 'clock' | 'random' | 'fleet' | 'retentionMs'>;

/** A window that the workers use meanwhile is read again; one that is fought over for so long is looked at anyway. */
const marker = ({ table, clock, retentionMs }: RebuildOutside, asked: Pick<RebuildAsked, 'mode'>, id: string) => {
  return async (head: Head, watermarkMs: number): Promise<'marked' | 'parked' | 'missed'> => {
    let now: Head | undefined = head;
    for (let attempt = 0; attempt < tries && now; attempt++) {
      const update = markForRebuild({ retentionMs }, now, { mode: asked.mode, id, watermarkMs }, clock.nowMs());
      if (!update) return 'parked';
      if (await table.updateHead(update)) return 'marked';
      [now] = await readHeads(table, [head.conversationId]);
    }
    return 'missed';
  };
};

export interface RebuildWatch {
  readonly stop: AbortSignal;
  /** Before the first window of each page, and after each window. */
  readonly onProgress: (counts: RebuildCounts, from: string | null) => void;
}

/**
 * Marks windows, so that the workers make their records anew. Killed anywhere, the rest is unmarked, and whoever goes on from the page's
 * beginning marks some of them a second time, which changes nothing. Ends early at the signal.
 */
export const rebuild = async (outside: RebuildOutside, asked: RebuildAsked, watch: RebuildWatch): Promise<RebuildCounts> => {
  const mark = marker(outside, asked, outside.random.id().slice(0, 12));
  const pace = pacer(outside, asked.perSecond, watch.stop);
  let counts: RebuildCounts = { found: 0, marked: 0, parked: 0, missed: 0, readUnits: 0 };
  for await (const { heads, from, readUnits } of pagesAsked(outside, asked)) {
    counts = { ...counts, found: counts.found + heads.length, readUnits: counts.readUnits + readUnits };
    watch.onProgress(counts, from);
    const { watermarkMs } = seeFleet(await outside.fleet.list(), outside.clock.nowMs());
    for (const head of heads) {
      await pace();
      if (watch.stop.aborted) return counts;
      const outcome = await mark(head, watermarkMs ?? 0);
      counts = { ...counts, [outcome]: counts[outcome] + 1 };
      watch.onProgress(counts, from);
    }
    if (watch.stop.aborted) return counts;
  }
  const named = asked.conversationIds?.length ?? counts.found;
  return { ...counts, missed: counts.missed + named - counts.found };
};
