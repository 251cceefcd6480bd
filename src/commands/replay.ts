import { readFileSync } from 'node:fs';
import { loadWindowConfig } from '../config';
import { createSchemaRegistry } from '../core/schema-registry';
import { silentLog } from '../log';
import { replayLines } from '../replay';
import { readSchemaFiles } from '../schema-files';

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

const jsonLines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Reads message bodies, one a line; prints records on the one stream and refused lines on the other. */
export const replay = async ({ file, byTime, shuffle }: ReplayCommand, { out, err }: Streams): Promise<void> => {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  const replayed = await replayLines(text, {
    registry: createSchemaRegistry(readSchemaFiles()),
    settings: loadWindowConfig(),
    byTime,
    shuffle,
    log: silentLog,
  });
  err(jsonLines(replayed.rejections));
  out(jsonLines(replayed.records));
};
