import { createHash } from 'node:crypto';
import { isObject, type Json } from '../json';
import { exactJson } from './exact-json';
import { fileAt, type RegistryFile } from './folder';

/** Beside the folders of the registry. */
export const lockPath = 'lock.json';

/** Path of a version to the hash of its content. */
export type Lock = Readonly<Record<string, string>>;

const versionPath = /^[^/]+\/v\d+\.json$/;

/** Of what a schema says: white space and the order of keys do not count. */
const contentHash = (content: Json): string => createHash('sha256').update(exactJson(content)).digest('hex');

/** What `lock.json` would say of these files: path to hash. */
export const lockOf = (files: readonly RegistryFile[]): Lock =>
  Object.fromEntries(files.filter(({ path }) => versionPath.test(path)).map(({ path, content }) => [path, contentHash(content)]));

/** A version is released by its line in the lock, and a released version never changes: stored events name it. */
export const lockProblems = (files: readonly RegistryFile[]): readonly string[] => {
  const problems: string[] = [];
  const locked = fileAt(files, lockPath, problems) ?? {};
  const actual = lockOf(files);
  for (const [path, hash] of Object.entries(actual)) {
    const subject = path.split('/')[0] ?? '';
    if (!Object.hasOwn(locked, path))
      problems.push(
        `${path}: not released; once it is final, \`tidemark schemas release ${subject}\` adds to lock.json "${path}": "${hash}"`,
      );
    else if (locked[path] !== hash) problems.push(`${path}: a released version never changes; undo it and add the next version`);
  }
  for (const path of Object.keys(locked)) {
    if (!Object.hasOwn(actual, path)) problems.push(`${path}: released, but the file is gone; put it back`);
  }
  return problems;
};

const lockIn = (files: readonly RegistryFile[]): Readonly<Record<string, Json>> | null => {
  const content = files.find(({ path }) => path === lockPath)?.content;
  return isObject(content) ? content : null;
};

/** The versions that have no line in the lock yet. Without a lock there is nothing to tell them by. */
export const unreleasedIn = (files: readonly RegistryFile[]): readonly string[] => {
  const locked = lockIn(files);
  return locked === null ? [] : Object.keys(lockOf(files)).filter((path) => !Object.hasOwn(locked, path));
};

/** The lock as it would be with these versions released, as its file is written: by path. Released versions keep the line that they have. */
export const lockWith = (files: readonly RegistryFile[], paths: readonly string[]): string => {
  const added = Object.entries(lockOf(files)).filter(([path]) => paths.includes(path));
  const lines = Object.entries({ ...Object.fromEntries(added), ...lockIn(files) }).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(lines), null, 2)}\n`;
};

/** The registry as it would be with every version in it released. */
export const asReleased = (files: readonly RegistryFile[]): readonly RegistryFile[] =>
  files.map((file) =>
    file.path === lockPath && isObject(file.content) ? { ...file, content: { ...lockOf(files), ...file.content } } : file,
  );
