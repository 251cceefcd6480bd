import { type Command, InvalidArgumentError } from 'commander';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { loadWindowConfig } from '../config';
import { silentLog } from '../log';
import { describeError } from '../core/describe-error';
import { type History, HistoryUnreadableError, readHistory } from '../core/on-call/history-script';
import type { Log } from '../ports';
import { replayLines } from '../replay';
import { replayHistory } from '../replay-history';
import { openSchemaRegistry } from '../schema-files';
import { differencesText } from './history-text';

interface ReplayCommand {
  /** `-` for standard input. */
  readonly file: string;
  readonly byTime: boolean;
  readonly shuffle: number | null;
}

interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A history came out otherwise than its file says: the exit code is 1. */
  readonly found: () => void;
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

const historyIn = (lines: string): History | null => {
  try {
    return readHistory(lines);
  } catch (cause) {
    if (cause instanceof HistoryUnreadableError) throw new UnreadableFileError(cause.message, { cause });
    throw cause;
  }
};

/** Reads message bodies, or a history that `explain` exported: its first line tells. Prints records, and what is to be said of them apart. */
const replay = async ({ file, byTime, shuffle }: ReplayCommand, { out, err, found }: Streams): Promise<void> => {
  const lines = await readLines(file);
  const given = { registry: openSchemaRegistry(), settings: loadWindowConfig(), log: errorsOnly(err) };
  const history = historyIn(lines);
  if (history) {
    if (byTime || shuffle !== null)
      throw new UnreadableFileError('--by-time and --shuffle: expected message bodies, got a history, which has its own times.');
    const replayed = await replayHistory(history, given);
    out(jsonLines(replayed.records));
    err(differencesText(replayed));
    if (replayed.differences.length > 0) found();
    return;
  }
  const replayed = await replayLines(lines, { ...given, byTime, shuffle });
  err(jsonLines(replayed.rejections));
  out(jsonLines(replayed.records));
};

const seed = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number of at most nine digits.');
  return Number(text);
};

/** `tidemark replay` */
export const addReplay = (cli: Command, streams: Streams): void => {
  cli
    .command('replay')
    .description(
      'rebuilds records from message bodies, one a line, or from a history that `explain --export` wrote, in memory; needs no AWS',
    )
    .argument('<file>', 'the lines; `-` for standard input')
    .option('--by-time', 'lines arrive when they were published, and windows close in between', false)
    .option('--shuffle <seed>', 'admits the lines in an order drawn from this seed', seed)
    .addHelpText(
      'after',
      '\nOf a history every record is printed as it comes out, the very bytes of `record --all`; where it comes out otherwise than the\n' +
        'file says, the fields that differ are named on the error stream, and the exit code is 1.',
    )
    .action((file: string, { byTime, shuffle }: { byTime: boolean; shuffle?: number }) =>
      replay({ file, byTime, shuffle: shuffle ?? null }, streams),
    );
};
