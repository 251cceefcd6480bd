import { type ArchivedLetter, letterKey, mayBeTorn, readArchiveLine, writeArchiveLine } from './archive-line';
import type { FileLine, LineFile } from './line-file';

/** A file of archived letters that can be added to. */
export interface Archive {
  readonly name: string;
  /** Letters in it when it was opened. */
  readonly letters: number;
  /** A torn line at its end was cut off: a process was killed while it wrote it, and its letter is still in its queue. */
  readonly wasTorn: boolean;
  readonly has: (letter: ArchivedLetter) => boolean;
  /** Adds those that are not in it. Resolves when they are on the disk; where it rejects, the file is as it was, or torn. */
  readonly add: (letters: readonly ArchivedLetter[]) => Promise<void>;
}

/** The file cannot be used as it is. */
export interface Problem {
  readonly problem: string;
}

const wrong = (name: string, { number }: FileLine, problem: string): Problem => ({
  problem: `${name}, line ${number}: ${problem}. Nothing was done.`,
});

/** Every letter of a file, in its order. Ends with what is wrong, at the first line that is; a torn end is wrong as well. */
export const readArchive = async function* (
  file: Pick<LineFile, 'name' | 'lines'>,
): AsyncGenerator<ArchivedLetter | Problem, void> {
  for await (const line of file.lines()) {
    const letter = readArchiveLine(line.text);
    if ('problem' in letter) {
      yield wrong(file.name, line, letter.problem);
      return;
    }
    yield letter;
  }
};

const index = async (file: Pick<LineFile, 'name' | 'lines'>) => {
  const keys = new Set<string>();
  let torn: FileLine | null = null;
  let isOpenEnded = false;
  for await (const line of file.lines()) {
    const letter = readArchiveLine(line.text);
    isOpenEnded = !line.isEnded;
    if (!('problem' in letter)) keys.add(letterKey(letter));
    else if (line.isEnded || (line.number === 1 && !mayBeTorn(line.text))) return wrong(file.name, line, letter.problem);
    else torn = line;
  }
  return { keys, torn, isOpenEnded: isOpenEnded && torn === null };
};

/** Where it is only looked at, nothing is mended. */
export const lookIntoArchive = async (
  file: Pick<LineFile, 'name' | 'lines'>,
): Promise<Pick<Archive, 'letters' | 'wasTorn' | 'has'> | Problem> => {
  const found = await index(file);
  return 'problem' in found
    ? found
    : { letters: found.keys.size, wasTorn: found.torn !== null, has: (letter) => found.keys.has(letterKey(letter)) };
};

/**
 * Opens a file to add to it: none that holds anything else is touched. What a killed process left torn is cut off, and what it wrote
 * and may not have brought to the disk is brought there, before any letter is removed because it is in the file.
 */
export const openArchive = async (file: LineFile): Promise<Archive | Problem> => {
  const found = await index(file);
  if ('problem' in found) return found;
  const { keys, torn, isOpenEnded } = found;
  if (torn) await file.cutAt(torn.at);
  if (isOpenEnded) await file.append(['']);
  const { size: letters } = keys;
  if (letters > 0 || torn) await file.settle();
  const has = (letter: ArchivedLetter): boolean => keys.has(letterKey(letter));
  const add = async (some: readonly ArchivedLetter[]): Promise<void> => {
    const fresh = some.filter((letter) => !has(letter));
    if (fresh.length === 0) return;
    const before = await file.size();
    try {
      await file.append(fresh.map(writeArchiveLine));
    } catch (error) {
      // What is in it and perhaps not on the disk must not pass for archived the next time.
      await file.cutAt(before).catch(() => undefined);
      throw error;
    }
    for (const letter of fresh) keys.add(letterKey(letter));
  };
  return { name: file.name, letters, wasTorn: torn !== null, has, add };
};
