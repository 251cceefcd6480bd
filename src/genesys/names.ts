import type { NameKind } from '../core/genesys-answers';
import type { Clock, Log, NameBook, Random } from '../ports';
import type { GenesysClient } from './client';
import { nameDirectory, type Listed, type NameDirectory } from './name-directory';
import { createNameShelf, type NameShelf } from './name-shelf';

/*
 * Names of ids, learnt in the background: whoever asks gets what is known by then.
 *
 *   start            a few seconds later, again and again        hours later
 *     |-- all, by pages --|-- those asked for and not known, by id --|-- all again
 *
 * Names are customer data and never in a log.
 */

export interface KeptNames extends NameBook {
  /** Learns until the signal; resolves soon after it, whatever is under way. */
  readonly run: (over: AbortSignal) => Promise<void>;
}

export interface NamesOutside {
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly random: Pick<Random, 'fraction'>;
  readonly log: Log;
}

/** Together 200,000: some 30 MB at most. */
const mostNames: Readonly<Record<NameKind, number>> = { user: 150_000, queue: 25_000, wrapUpCode: 25_000 };
const kinds = Object.keys(mostNames) as NameKind[];

const beatMs = 5_000;
/** What was renamed is known by its old name for so long. */
const listAgainMs = 4 * 3_600_000;
/** Somebody has to grant a permission first. */
const refusedMs = 3_600_000;
/** Ids in one request, each some 40 characters of its URL. */
const mostIds = 50;
const mostPages = 2_000;

/** What one kind waits for. */
interface Progress {
  nextPage: number;
  listsAtMs: number;
  restsUntilMs: number;
}

type Step = Listed | { readonly kind: 'nothing' };

const keepKind = (kind: NameKind, shelf: NameShelf, directory: NameDirectory, { clock, random, log }: NamesOutside) => {
  const progress: Progress = { nextPage: 1, listsAtMs: 0, restsUntilMs: 0 };

  const listPage = async (): Promise<Listed> => {
    const listed = await directory.page(kind, progress.nextPage);
    if (listed.kind === 'names') shelf.put(listed.names);
    const goesOn = listed.kind === 'names' && !listed.isLast && progress.nextPage < mostPages;
    if (goesOn) progress.nextPage += 1;
    else if (listed.kind === 'names' || listed.kind === 'unacceptable') {
      progress.nextPage = 1;
      // Not the whole fleet at once.
      progress.listsAtMs = clock.monotonicMs() + listAgainMs * (1 + random.fraction() / 4);
    }
    return listed;
  };

  const lookUp = async (ids: readonly string[]): Promise<Listed> => {
    const listed = await directory.byId(kind, ids);
    if (listed.kind === 'unacceptable' && ids.length > 1) {
      const middle = Math.ceil(ids.length / 2);
      const first = await lookUp(ids.slice(0, middle));
      return first.kind === 'names' || first.kind === 'unacceptable' ? lookUp(ids.slice(middle)) : first;
    }
    if (listed.kind === 'names') shelf.put(listed.names);
    if (listed.kind === 'names' || listed.kind === 'unacceptable') shelf.giveUp(without(ids, listed), clock.monotonicMs());
    return listed;
  };

  const step = async (): Promise<Step> => {
    if (clock.monotonicMs() >= progress.listsAtMs) return listPage();
    const ids = shelf.wanted(mostIds);
    return ids.length === 0 ? { kind: 'nothing' } : lookUp(ids);
  };

  /** All there is to do just now. */
  return async (over: AbortSignal): Promise<void> => {
    while (!over.aborted && clock.monotonicMs() >= progress.restsUntilMs) {
      const came = await step();
      if (came.kind === 'nothing') return;
      const restMs = came.kind === 'unavailable' ? came.retryAfterMs : came.kind === 'refused' ? refusedMs : 0;
      progress.restsUntilMs = clock.monotonicMs() + restMs;
      if (came.kind === 'refused') log.warn('Genesys refuses names; ids go without for an hour.', { kind, why: came.why });
    }
  };
};

const without = (ids: readonly string[], listed: Listed): readonly string[] =>
  listed.kind === 'names' ? ids.filter((id) => !listed.names.has(id)) : ids;

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

export const genesysNames = (client: GenesysClient, outside: NamesOutside): KeptNames => {
  const { clock } = outside;
  const directory = nameDirectory(client);
  const shelves = new Map(kinds.map((kind) => [kind, createNameShelf(mostNames[kind])]));
  const keepers = [...shelves].map(([kind, shelf]) => keepKind(kind, shelf, directory, outside));
  const learn = async (over: AbortSignal): Promise<void> => {
    for (const keep of keepers) await keep(over);
  };
  return {
    nameOf: (kind, id) => shelves.get(kind)?.nameOf(id, clock.monotonicMs()) ?? null,
    run: async (over) => {
      const learnOn = async (): Promise<void> => {
        while (!over.aborted) {
          await learn(over);
          await clock.sleep(beatMs, over);
        }
      };
      // One race for its whole life: a promise that outlives many races keeps something of each.
      await Promise.race([learnOn(), aborted(over)]);
    },
  };
};
