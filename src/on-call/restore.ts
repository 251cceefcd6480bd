import type { AuditedOutcome } from '../core/on-call/audit';
import type { LetterDestination } from '../ports-on-call';
import { type Problem, readArchive } from './archive-file';
import { type ArchivedLetter, letterKey } from './archive-line';
import { errorName } from './error-name';
import type { LineFile } from './line-file';
import type { RestoredFile } from './restored-file';

/** Files are read more than once: to the end before the first letter leaves it. */
type ReadFile = Pick<LineFile, 'name' | 'lines'>;

/** What became of a file's letters: selected = restored + failed + left. `before`: restored by an earlier run, beside those. */
export interface Restored {
  readonly counts: {
    readonly selected: number;
    readonly restored: number;
    readonly failed: number;
    readonly left: number;
    readonly before: number;
  };
  readonly outcomes: readonly AuditedOutcome[];
  /** Why it ended before it was through; null where it was. */
  readonly because: string | null;
}

/** What lies in a file, before anything of it is sent. */
export interface Survey {
  /** By the queue they came from: letters that are still to be restored. */
  readonly byQueue: ReadonlyMap<string, number>;
  readonly selected: number;
  readonly before: number;
}

/** Each letter once: files that were put together may hold one twice. */
const distinct = async function* (file: ReadFile): AsyncGenerator<ArchivedLetter | Problem, void> {
  const met = new Set<string>();
  for await (const letter of readArchive(file)) {
    if ('problem' in letter) yield letter;
    else if (!met.has(letterKey(letter))) {
      met.add(letterKey(letter));
      yield letter;
    }
  }
};

/** Reads a whole file: with one line that is torn or changed, nothing of it is restored. */
export const surveyArchive = async (file: ReadFile, restored: Pick<RestoredFile, 'has'>): Promise<Survey | Problem> => {
  const byQueue = new Map<string, number>();
  let before = 0;
  for await (const letter of distinct(file)) {
    if ('problem' in letter) return letter;
    if (restored.has(letter)) before += 1;
    else byQueue.set(letter.queueUrl, (byQueue.get(letter.queueUrl) ?? 0) + 1);
  }
  const selected = [...byQueue.values()].reduce((sum, count) => sum + count, 0);
  return { byQueue, selected, before };
};

/** A queue that letters of the file came from and that is none of these. */
export const strangeQueue = (name: string, { byQueue }: Survey, queueUrls: readonly string[]): Problem | null => {
  const strange = [...byQueue.keys()].filter((url) => !queueUrls.includes(url));
  return strange.length === 0
    ? null
    : {
        problem:
          `${name}: expected letters of the queues that are looked at, got some of ${strange.join(', ')}. ` +
          'Name that queue in the environment, or take those lines out. Nothing was done.',
      };
};

const batchSize = 10;

/** Letters of one queue that follow each other, ten at most. */
const batches = async function* (file: ReadFile, restored: RestoredFile): AsyncGenerator<readonly ArchivedLetter[]> {
  let batch: ArchivedLetter[] = [];
  for await (const letter of distinct(file)) {
    if ('problem' in letter) throw new Error(letter.problem);
    if (restored.has(letter)) continue;
    const isOther = batch[0] !== undefined && batch[0].queueUrl !== letter.queueUrl;
    if (isOther || batch.length >= batchSize) {
      yield batch;
      batch = [];
    }
    batch.push(letter);
  }
  if (batch.length > 0) yield batch;
};

interface Work {
  readonly file: ReadFile;
  readonly restored: RestoredFile;
  readonly survey: Survey;
  readonly into: (queueUrl: string) => LetterDestination;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/** Sends a batch, then notes what was taken. Killed in between, it is sent once more: twice in the queue, never in none. */
const restoreBatch = async ({ restored, into }: Work, batch: readonly ArchivedLetter[]): Promise<readonly AuditedOutcome[]> => {
  const [first] = batch;
  if (!first) return [];
  const ids = await into(first.queueUrl).send(batch.map(({ body, attributes }) => ({ body, attributes })));
  const sent = batch.flatMap((letter, at) => (ids[at] ? [{ letter, sentAs: ids[at] }] : []));
  await restored.note(sent);
  return batch.map(({ id }, at) => ({
    id,
    outcome: ids[at] ? `restored as ${ids[at]}` : 'failed: the queue did not take it',
  }));
};

/** Puts the letters of a surveyed file back into the queues they came from, byte for byte. */
export const restoreLetters = async (work: Work): Promise<Restored> => {
  const { file, restored, survey, signal, onProgress } = work;
  const outcomes: AuditedOutcome[] = [];
  let because: string | null = null;
  for await (const batch of batches(file, restored)) {
    if (signal.aborted) {
      because = 'somebody stopped it';
      break;
    }
    try {
      outcomes.push(...(await restoreBatch(work, batch)));
    } catch (error) {
      outcomes.push(...batch.map(({ id }) => ({ id, outcome: `failed: ${errorName(error)}` })));
      because = `letters could not be sent or noted: ${errorName(error)}`;
      break;
    }
    onProgress?.(outcomes.length);
  }
  const failed = outcomes.filter(({ outcome }) => outcome.startsWith('failed')).length;
  const { selected, before } = survey;
  const counts = { selected, restored: outcomes.length - failed, failed, left: selected - outcomes.length, before };
  return { counts, outcomes, because };
};
