import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../json';
import { fileAt, type RegistryFile } from './folder';

const versionPath = /^[^/]+\/v\d+\.json$/;

/** Of what a schema says: white space and the order of keys do not count. */
const contentHash = (content: Json): string => createHash('sha256').update(canonicalJson(content)).digest('hex');

/** What `lock.json` would say of these files: path to hash. */
export const lockOf = (files: readonly RegistryFile[]): Readonly<Record<string, string>> =>
  Object.fromEntries(files.filter(({ path }) => versionPath.test(path)).map(({ path, content }) => [path, contentHash(content)]));

/** A version is released by its line in the lock, and a released version never changes: stored events name it. */
export const lockProblems = (files: readonly RegistryFile[]): readonly string[] => {
  const problems: string[] = [];
  const locked = fileAt(files, 'lock.json', problems) ?? {};
  const actual = lockOf(files);
  for (const [path, hash] of Object.entries(actual)) {
    if (!Object.hasOwn(locked, path))
      problems.push(`${path}: not released; once it is final, add to lock.json "${path}": "${hash}"`);
    else if (locked[path] !== hash) problems.push(`${path}: a released version never changes; undo it and add the next version`);
  }
  for (const path of Object.keys(locked)) {
    if (!Object.hasOwn(actual, path)) problems.push(`${path}: released, but the file is gone; put it back`);
  }
  return problems;
};
