import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileLine, LineFile } from '../../on-call/line-file';
import { UnreadableFileError } from '../replay';

/** What is in it is customer data: for its owner alone. */
const mode = 0o600;

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

const because = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const lineEnd = 0x0a;

/** Line by line, however large it is. Only a line feed ends one: other line ends may stand in a letter. */
const linesOf = async function* (path: string): AsyncGenerator<FileLine> {
  let parts: Buffer[] = [];
  let at = 0;
  let number = 1;
  const line = (isEnded: boolean): FileLine => {
    const bytes = Buffer.concat(parts);
    const read = { number, text: bytes.toString('utf8'), at, isEnded };
    parts = [];
    at += bytes.length + 1;
    number += 1;
    return read;
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(lineEnd); end >= 0; end = chunk.indexOf(lineEnd, from)) {
      parts.push(chunk.subarray(from, end));
      from = end + 1;
      yield line(true);
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield line(false);
};

const linesIfThere = async function* (path: string): AsyncGenerator<FileLine> {
  try {
    yield* linesOf(path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw new UnreadableFileError(`Expected a file to read: ${because(error)}`, { cause: error });
  }
};

/** A new file is lost with the power until its folder is on the disk as well. */
const openToAppend = async (path: string): Promise<FileHandle> => {
  const handle = await open(path, 'a', mode);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return handle;
};

const lineFile = (path: string) => {
  let opened: Promise<FileHandle> | null = null;
  const handle = (): Promise<FileHandle> => (opened ??= openToAppend(path));
  const file: LineFile = {
    name: path,
    lines: () => linesIfThere(path),
    settle: async () => (await handle()).sync(),
    append: async (lines) => {
      await (await handle()).appendFile(lines.map((line) => `${line}\n`).join(''));
      await (await handle()).sync();
    },
    cutAt: async (bytes) => {
      await (await handle()).truncate(bytes);
      await (await handle()).sync();
    },
    size: async () => (await (await handle()).stat()).size,
  };
  return { file, close: async () => opened && (await opened.catch(() => null))?.close() };
};

/** Its last line may be half written by now: only for those who look. */
export const diskFile = (path: string): Pick<LineFile, 'name' | 'lines'> => lineFile(path).file;

/** Signal 0 only asks. */
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
};

/** A killed process leaves its lock behind; it holds nobody up. */
const lock = async (path: string, tries = 2): Promise<void> => {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx', mode });
  } catch (error) {
    if (!isCode(error, 'EEXIST'))
      throw new UnreadableFileError(`Expected a file to write to: ${because(error)}`, { cause: error });
    const pid = Number(await readFile(path, 'utf8').catch(() => '0'));
    if (tries === 0 || !Number.isSafeInteger(pid) || pid < 1 || isAlive(pid))
      throw new UnreadableFileError(
        `Expected a file that nobody writes to; ${path} says that process ${pid} does. Remove it if that is none of Tidemark's.`,
        { cause: error },
      );
    await unlink(path).catch(() => undefined);
    await lock(path, tries - 1);
  }
};

/** A file to write to, locked against others until this resolves or rejects. */
export const withDiskFile = async <T>(path: string, use: (file: LineFile) => Promise<T>): Promise<T> => {
  const lockPath = `${path}.lock`;
  await lock(lockPath);
  const { file, close } = lineFile(path);
  try {
    return await use(file);
  } finally {
    await close();
    await unlink(lockPath).catch(() => undefined);
  }
};
