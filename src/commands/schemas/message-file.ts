import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { isObject } from '../../core/json';
import { UnreadableFileError } from '../replay';

/** What the text holds, if it is JSON. */
const tryParse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const bodyOf = (letter: unknown): readonly string[] =>
  isObject(letter) && typeof letter['Body'] === 'string' ? [letter['Body']] : [];

/** What `aws sqs receive-message` prints, or one message of it; null for any other value. */
const received = (value: unknown): readonly string[] | null => {
  if (!isObject(value)) return null;
  if (Array.isArray(value['Messages']) && !('Type' in value)) return value['Messages'].flatMap(bodyOf);
  return 'ReceiptHandle' in value || 'MD5OfBody' in value ? bodyOf(value) : null;
};

/** A body of a line, or the messages in it. */
const bodiesOfLine = (line: string): readonly string[] =>
  line.includes('"Body"') ? (received(tryParse(line)) ?? [line]) : [line];

/** One body a line, unless all of it together is one JSON value. What no line break can be found in is a line, sound or not. */
export const bodiesOf = (content: string): readonly string[] => {
  const trimmed = content.replace(/^\uFEFF/, '').trim();
  const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length <= 1) return lines.flatMap(bodiesOfLine);
  const whole = tryParse(trimmed);
  return whole === undefined ? lines.flatMap(bodiesOfLine) : (received(whole) ?? [trimmed]);
};

/** Message bodies, whatever they hold. `-` for standard input. */
export const readBodies = async (file: string): Promise<readonly string[]> => {
  const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`Expected a file with message bodies in ${file}: ${why}`, { cause });
  });
  return bodiesOf(content);
};
