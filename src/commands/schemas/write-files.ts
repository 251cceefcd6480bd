import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RegistryFile } from '../../core/schema-registry';
import { UnreadableFileError } from '../replay';
import { schemaText } from './schema-text';

const write = async (path: string, text: string, flag: 'w' | 'wx'): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`Expected a file that can be written: ${why}`, { cause });
  }
};

/** Files of a registry that are not there yet; one that is stays as it is, and is an error. */
export const writeNew = async (folder: string, files: readonly RegistryFile[]): Promise<void> => {
  for (const { path, content } of files) await write(join(folder, path), schemaText(content), 'wx');
};

/** A file of which only the newest state counts. */
export const writeOver = (folder: string, { path, content }: RegistryFile): Promise<void> =>
  write(join(folder, path), schemaText(content), 'w');

/** What came, as JSON, wherever the caller wants it. */
export const saveJson = (file: string, value: unknown): Promise<void> =>
  write(file, `${JSON.stringify(value, null, 2)}\n`, 'w');
