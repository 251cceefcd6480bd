import { createHash } from 'node:crypto';
import { isObject } from '../core/json';
import { type StoppedPlace, stoppedPlaces } from '../core/on-call/stopped';
import type { HeldLetter, LetterQueue } from '../ports-on-call';

/** A letter as a file keeps it: one line of JSON, whole in itself, so that files can be put together and taken apart. */
export interface ArchivedLetter {
  readonly layout: 1;
  readonly place: StoppedPlace;
  readonly queueUrl: string;
  /** Its message id in that queue. */
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sentAtMs: number;
  readonly receiveCount: number;
  readonly movedFromArn: string | null;
  readonly bodySha256: string;
}

const layout = 1;

/** One letter in one place: message ids are the queue's. */
export const letterKey = ({ queueUrl, id, bodySha256 }: Pick<ArchivedLetter, 'queueUrl' | 'id' | 'bodySha256'>): string =>
  `${queueUrl} ${id} ${bodySha256}`;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const archivedLetter = (queue: LetterQueue, letter: HeldLetter): ArchivedLetter => ({
  layout,
  place: queue.place,
  queueUrl: queue.url,
  id: letter.id,
  body: letter.body,
  attributes: letter.attributes,
  sentAtMs: letter.sentAtMs,
  receiveCount: letter.receiveCount,
  movedFromArn: letter.movedFromArn,
  bodySha256: sha256(letter.body),
});

/** The last member is the hash of all before it: a line that was cut off, or written by another hand, does not bear its own. */
export const writeArchiveLine = (letter: ArchivedLetter): string => {
  const content = JSON.stringify(letter);
  return `${content.slice(0, -1)},"sha256":"${sha256(content)}"}`;
};

const ending = /,"sha256":"([\da-f]{64})"}$/;

const isPlace = (value: unknown): value is StoppedPlace => stoppedPlaces.some((place) => place === value);

/** Our own hash was on it; this only tells the type checker, and another layout, what is in it. */
const isLetter = (value: unknown): value is ArchivedLetter =>
  isObject(value) &&
  value['layout'] === layout &&
  isPlace(value['place']) &&
  ['queueUrl', 'id', 'body', 'bodySha256'].every((name) => typeof value[name] === 'string') &&
  isObject(value['attributes']);

const layoutOf = (content: string): string | null => /^\{"layout":(\d+),/.exec(content)?.[1] ?? null;

/** The letter of a line, or what is wrong with it; quotes nothing of what it holds. */
export const readArchiveLine = (line: string): ArchivedLetter | { readonly problem: string } => {
  const found = layoutOf(line);
  if (found === null) return { problem: 'expected an archived letter, got something else' };
  if (found !== String(layout))
    return { problem: `expected layout ${layout}, got ${found}: another version wrote it, use that one` };
  const hash = ending.exec(line)?.[1];
  if (hash === undefined) return { problem: 'expected its hash at the end, got none: it is torn' };
  const content = `${line.slice(0, -`,"sha256":"${hash}"}`.length)}}`;
  if (sha256(content) !== hash) return { problem: 'expected what its hash was made of, got something else: it was changed' };
  const letter: unknown = JSON.parse(content);
  return isLetter(letter) && sha256(letter.body) === letter.bodySha256
    ? letter
    : { problem: 'expected an archived letter, got something else' };
};

/** What its first line may be as far as a killed process got with it. */
export const mayBeTorn = (start: string): boolean =>
  layoutOf(start) === String(layout) || `{"layout":${layout},`.startsWith(start);
