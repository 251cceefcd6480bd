import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { loadWindowConfig } from '../config';
import { silentLog } from '../log';
import { describeError } from '../core/describe-error';
import type { Log } from '../ports';
import { replayLines } from '../replay';
import { openSchemaRegistry } from '../schema-files';

export interface ReplayCommand {
  /** `-` for standard input. */
  readonly file: string;
  readonly byTime: boolean;
  readonly shuffle: number | null;
}

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The caller named a file that cannot be read. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

/** Standard input as a stream: a pipe that has nothing yet is no error. */
const readLines = (file: string): Promise<string> =>
  (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`Expected a file with one message body a line: ${why}`, { cause });
  });

const jsonLines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Whatever else the steps log speaks of retries and outages, of which a replay has none. */
const errorsOnly = (err: Streams['err']): Log => ({
  ...silentLog,
  error: (message, fields, error) => err(jsonLines([{ message, ...fields, error: describeError(error) }])),
});

/** Reads message bodies, one a line; prints records on the one stream and refused lines on the other. */
export const replay = async ({ file, byTime, shuffle }: ReplayCommand, { out, err }: Streams): Promise<void> => {
  const replayed = await replayLines(await readLines(file), {
    registry: openSchemaRegistry(),
    settings: loadWindowConfig(),
    byTime,
    shuffle,
    log: errorsOnly(err),
  });
  err(jsonLines(replayed.rejections));
  out(jsonLines(replayed.records));
};
