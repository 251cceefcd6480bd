import { isObject } from '../core/json';
import type { Problem } from './archive-file';
import { type ArchivedLetter, letterKey } from './archive-line';
import type { FileLine, LineFile } from './line-file';

/** Which letters of an archive are back in their queues: a file beside it, so that a restore that was interrupted goes on. */
export interface RestoredFile {
  readonly has: (letter: ArchivedLetter) => boolean;
  /** Resolves when it is on the disk. */
  readonly note: (restored: readonly { readonly letter: ArchivedLetter; readonly sentAs: string }[]) => Promise<void>;
}

const layout = 1;

const lineOf = ({ queueUrl, id, bodySha256 }: ArchivedLetter, sentAs: string): string =>
  JSON.stringify({ layout, queueUrl, id, bodySha256, sentAs });

const keyIn = ({ text }: FileLine): string | null => {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || value['layout'] !== layout) return null;
    const { queueUrl, id, bodySha256 } = value;
    const isWhole = typeof queueUrl === 'string' && typeof id === 'string' && typeof bodySha256 === 'string';
    return isWhole ? letterKey({ queueUrl, id, bodySha256 }) : null;
  } catch {
    return null;
  }
};

/** What it has noted, and where a torn line begins. */
const index = async (
  file: Pick<LineFile, 'name' | 'lines'>,
): Promise<{ readonly keys: Set<string>; readonly tornAt: number | null } | Problem> => {
  const keys = new Set<string>();
  let tornAt: number | null = null;
  for await (const line of file.lines()) {
    const key = keyIn(line);
    if (key !== null && line.isEnded) keys.add(key);
    else if (!line.isEnded && (line.number > 1 || line.text.startsWith('{'))) tornAt = line.at;
    else
      return { problem: `${file.name}, line ${line.number}: expected what was restored, got something else. Nothing was done.` };
  }
  return { keys, tornAt };
};

/** For those who only look. */
export const lookIntoRestored = async (file: Pick<LineFile, 'name' | 'lines'>): Promise<Pick<RestoredFile, 'has'> | Problem> => {
  const found = await index(file);
  return 'problem' in found ? found : { has: (letter) => found.keys.has(letterKey(letter)) };
};

/** A torn line is cut off: its letter is sent once more. */
export const openRestored = async (file: LineFile): Promise<RestoredFile | Problem> => {
  const found = await index(file);
  if ('problem' in found) return found;
  const { keys, tornAt } = found;
  if (tornAt !== null) await file.cutAt(tornAt);
  return {
    has: (letter) => keys.has(letterKey(letter)),
    note: async (restored) => {
      await file.append(restored.map(({ letter, sentAs }) => lineOf(letter, sentAs)));
      for (const { letter } of restored) keys.add(letterKey(letter));
    },
  };
};
