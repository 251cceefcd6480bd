import { isObject } from '../json';
import { deadLetterAttributes } from '../rejection';

/** What a message carries of its earlier redrives, in one attribute. Names ids and counts only. */
export interface RedriveHistory {
  /** Message id of its first delivery, which SQS replaces at each move. */
  readonly first: string;
  /** How often it has been moved back. */
  readonly times: number;
  /** The redrive job that moved it last, and the letter's message id in the dead-letter queue then. */
  readonly job: string;
  readonly letter: string;
  /** Its body is not the one that came: somebody wrote another. */
  readonly edited?: true;
}

/** The tenth and last attribute that a message may have beside its story. */
export const redriveAttribute = 'tidemark-redrive';

const isName = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,100}$/.test(value);

export const writeHistory = ({ first, times, job, letter, edited }: RedriveHistory): string =>
  JSON.stringify({ first, times, job, letter, ...(edited ? { edited } : {}) });

/** Null for what is not ours: anybody may send a message with that attribute. */
export const readHistory = (text: string | undefined): RedriveHistory | null => {
  if (text === undefined || text.length > 500) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  const { first, times, job, letter, edited } = value;
  const isCount = typeof times === 'number' && Number.isSafeInteger(times) && times > 0;
  if (!isName(first) || !isName(job) || !isName(letter) || !isCount) return null;
  return { first, times, job, letter, ...(edited === true ? { edited } : {}) };
};

/** What a message says of having been moved back. */
export interface MovedBack {
  /** It carries the story of a dead letter, or of a redrive. */
  readonly redriven?: true;
  readonly history?: RedriveHistory;
}

/** Attributes that tell of it: asked of SQS with each message. */
export const movedBackAttributes = [deadLetterAttributes.reason, redriveAttribute] as const;

export const readMovedBack = (attributes: Readonly<Record<string, string | undefined>>): MovedBack => {
  if (movedBackAttributes.every((name) => attributes[name] === undefined)) return {};
  const history = readHistory(attributes[redriveAttribute]);
  return { redriven: true, ...(history ? { history } : {}) };
};
