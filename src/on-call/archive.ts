import type { AuditedOutcome } from '../core/on-call/audit';
import type { StopSignals } from '../ports';
import type { HeldLetter, LetterQueue } from '../ports-on-call';
import type { Archive } from './archive-file';
import { archivedLetter } from './archive-line';
import { errorName } from './error-name';
import { passOver, type PassOptions, type Visited } from './inbox';
import type { Select } from './select';

/** What became of the letters that were asked for: selected = archived + failed + left, at any time. */
export interface ArchiveCounts {
  readonly selected: number;
  readonly archived: number;
  readonly failed: number;
  readonly left: number;
}

export interface Archived {
  readonly counts: ArchiveCounts & Readonly<Record<string, number>>;
  readonly outcomes: readonly AuditedOutcome[];
  /** Why it ended before it was through; null where it was. */
  readonly because: string | null;
}

export interface ArchiveOptions extends Omit<PassOptions, 'stop'> {
  readonly stop: StopSignals;
}

/** One after the other: a file grows at one place. */
const inTurn = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
};

const ledger = () => {
  const counts = { selected: 0, archived: 0, failed: 0 };
  const outcomes: AuditedOutcome[] = [];
  let because: string | null = null;
  const note = (letters: readonly HeldLetter[], did: 'archived' | 'failed', why?: string): void => {
    counts[did] += letters.length;
    outcomes.push(...letters.map(({ id }) => ({ id, outcome: why === undefined ? did : `${did}: ${why}` })));
  };
  return {
    select: (letters: readonly HeldLetter[]) => (counts.selected += letters.length),
    archived: (letters: readonly HeldLetter[]) => note(letters, 'archived'),
    failed: (letters: readonly HeldLetter[], why: string) => note(letters, 'failed', why),
    end: (why: string): void => void (because ??= why),
    isOver: () => because !== null,
    isEmpty: () => counts.selected === 0,
    result: (): Archived => ({
      counts: { ...counts, left: counts.selected - counts.archived - counts.failed },
      outcomes,
      because,
    }),
  };
};

/** First in the file and on the disk, then out of the queue: killed anywhere, a letter is in one of them or in both. */
const visitor = (queue: LetterQueue, archive: Archive, select: Select, book: ReturnType<typeof ledger>) => {
  const turn = inTurn();

  const write = (letters: readonly HeldLetter[]): Promise<boolean> =>
    turn(async () => {
      if (book.isOver()) return false;
      try {
        await archive.add(letters.map((letter) => archivedLetter(queue, letter)));
        return true;
      } catch (error) {
        book.failed(letters, `not written: ${errorName(error)}`);
        book.end(`${archive.name} could not be written: ${errorName(error)}`);
        return false;
      }
    });

  const remove = async (letters: readonly HeldLetter[]): Promise<readonly HeldLetter[]> => {
    const gone = await queue.remove(letters).catch((error: unknown) => {
      book.end(`letters could not be removed from the queue: ${errorName(error)}`);
      return [];
    });
    const goneIds = new Set(gone.map(({ id }) => id));
    book.archived(gone);
    book.failed(
      letters.filter(({ id }) => !goneIds.has(id)),
      'in the file, and still in the queue',
    );
    return gone;
  };

  return async (letters: readonly HeldLetter[]): Promise<Visited> => {
    const chosen = await select(queue, letters);
    book.select(chosen);
    const whole = chosen.filter(({ attributesLost }) => attributesLost !== true);
    const fresh = whole.length > 0 && (await write(whole));
    const gone = fresh ? await remove(whole) : [];
    book.failed(
      chosen.filter(({ attributesLost }) => attributesLost === true),
      'it has attributes that are no plain text, and would lose them',
    );
    return { gone, isEnough: book.isOver() };
  };
};

/** Moves letters from their queues into a file. Rejects only where nothing has been done. */
export const archiveLetters = async (
  queues: readonly LetterQueue[],
  archive: Archive,
  select: Select,
  options: ArchiveOptions,
): Promise<Archived> => {
  const book = ledger();
  for (const queue of queues) {
    if (book.isOver()) break;
    const { end } = await passOver(queue, options, visitor(queue, archive, select, book)).catch((error: unknown) => {
      if (book.isEmpty()) throw error;
      book.end(`letters could not be read: ${errorName(error)}`);
      return { end: null };
    });
    if (end === 'stopped') book.end('somebody stopped it');
    if (end === 'full') book.end('as many letters are hidden as a queue allows: run it again in a minute');
  }
  return book.result();
};
