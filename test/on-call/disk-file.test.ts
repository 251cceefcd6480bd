import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFile, withDiskFile } from '../../src/commands/dead-letters/disk-file';
import type { FileLine, LineFile } from '../../src/on-call/line-file';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-file-'));
  path = join(folder, 'letters.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const linesOf = async (file: Pick<LineFile, 'lines'>): Promise<readonly FileLine[]> => {
  const lines: FileLine[] = [];
  for await (const line of file.lines()) lines.push(line);
  return lines;
};

test('what is appended is read line by line, for its owner alone, and the file stands alone in the end', async () => {
  await withDiskFile(path, async (file) => {
    expect(await linesOf(file)).toEqual([]);
    await file.append(['one', 'zwei ü\u2028\r']);
    await file.append(['three']);
    expect(await file.size()).toBe(22);
  });
  expect(await linesOf(diskFile(path))).toEqual([
    { number: 1, text: 'one', at: 0, isEnded: true },
    { number: 2, text: 'zwei ü\u2028\r', at: 4, isEnded: true },
    { number: 3, text: 'three', at: 16, isEnded: true },
  ]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['letters.jsonl']);
});

test('lines longer than what is read at once are whole, and bytes are counted, not characters', async () => {
  const texts = [200_000, 3, 70_000].map((length) => 'ü'.repeat(length));
  await writeFile(path, texts.join('\n'));
  const lines = await linesOf(diskFile(path));
  expect(lines.map(({ text }) => text)).toEqual(texts);
  expect(lines.map(({ at, isEnded }) => [at, isEnded])).toEqual([
    [0, true],
    [400_001, true],
    [400_008, false],
  ]);
});

test('a torn end is cut off, and what is appended then follows the last whole line', async () => {
  await writeFile(path, 'one\ntwo\nthr');
  await withDiskFile(path, async (file) => {
    await file.cutAt(8);
    await file.append(['three']);
  });
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\nthree\n');
});

test('two do not write to one file at once', async () => {
  await withDiskFile(path, async () => {
    const second = withDiskFile(path, () => Promise.resolve());
    await expect(second).rejects.toThrow(`says that process ${process.pid} does`);
  });
  await withDiskFile(path, () => Promise.resolve());
});

test('the lock of a process that was killed holds nobody up', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(`${path}.lock`, String(pid));
  expect(await withDiskFile(path, () => Promise.resolve('mine'))).toBe('mine');
});

test('a lock that says nothing is left to whoever knows whose it is', async () => {
  await writeFile(`${path}.lock`, '');
  await expect(withDiskFile(path, () => Promise.resolve())).rejects.toThrow('Remove it if that is none');
});

test('a failure of the work leaves no lock behind', async () => {
  await expect(withDiskFile(path, () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that is not there is named', async () => {
  const nowhere = withDiskFile(join(folder, 'none', 'letters.jsonl'), () => Promise.resolve());
  await expect(nowhere).rejects.toThrow('Expected a file to write to');
  await expect(linesOf(diskFile(folder))).rejects.toThrow('Expected a file to read');
});
