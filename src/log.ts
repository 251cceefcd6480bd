import { createLogger, format, transports } from 'winston';
import { describeError } from './core/describe-error';
import type { Log, LogFields } from './ports';

export interface LogOptions {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** Where the lines go; standard output unless said otherwise. */
  readonly stream?: NodeJS.WritableStream;
}

/** One JSON object per line. What may be in one: LogFields and the allow-list of core/describe-error.ts. */
export const createLog = ({ level, stream = process.stdout }: LogOptions): Log => {
  const logger = createLogger({
    level,
    // Deterministic order would put the keys in alphabetical order; we want time, level and message in front.
    format: format.json({ deterministic: false }),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types its transports as interfaces
    transports: [new transports.Stream({ stream, eol: '\n' })],
  });
  // One object, because winston appends a field called `message` to the message of a call with two.
  const write = (at: LogOptions['level'], message: string, fields?: LogFields, error?: unknown): void => {
    if (!logger.isLevelEnabled(at)) return;
    const head = { time: new Date().toISOString(), level: at, message };
    // Twice: first for the order of the keys, then so that no field can pass for one of them.
    logger.log({ ...head, ...fields, ...head, ...(error !== undefined && { error: describeError(error) }) });
  };
  return {
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields, error) => write('warn', message, fields, error),
    error: (message, fields, error) => write('error', message, fields, error),
  };
};

const ignore = (): void => undefined;

/** For the commands whose standard output is their result. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
