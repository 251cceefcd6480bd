import { isObject, type Json, type JsonObject } from '../json';

/** One file of the registry; its path relative to `schemas/`, with slashes. */
export interface RegistryFile {
  readonly path: string;
  readonly content: Json;
}

/** `schemas/<subject>/`: subject.json and the versions, v1 first. */
export interface SubjectFolder {
  readonly subject: string;
  readonly manifest: Json;
  readonly versions: readonly JsonObject[];
}

export const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** A file beside the folders; null, and a problem, if it is not there. */
export const fileAt = (files: readonly RegistryFile[], path: string, problems: string[]): JsonObject | null => {
  const content = files.find((file) => file.path === path)?.content;
  if (isObject(content)) return content;
  problems.push(`${path}: expected a JSON object, found ${content === undefined ? 'no such file' : 'another type'}`);
  return null;
};

/** A version's `$id`: its path in the repository. */
export const schemaId = (subject: string, version: number): string => `schemas/${subject}/v${version}.json`;

const versionNumber = (name: string): number => Number(/^v([1-9]\d*)\.json$/.exec(name)?.[1] ?? Number.NaN);

const readVersion = (file: RegistryFile, problems: string[]): JsonObject => {
  const schema = isObject(file.content) ? file.content : {};
  const expected = { $schema: dialect, $id: `schemas/${file.path}`, type: 'object' };
  for (const [key, value] of Object.entries(expected)) {
    if (schema[key] !== value) problems.push(`${file.path}: expected "${key}": "${value}"`);
  }
  return schema;
};

const readFolder = (subject: string, files: ReadonlyMap<string, RegistryFile>, problems: string[]): SubjectFolder => {
  const manifest = files.get('subject.json');
  if (!manifest) problems.push(`${subject}/subject.json: expected it, found none`);
  const numbers = [...files.keys()].map(versionNumber).filter(Number.isFinite);
  const newest = Math.max(0, ...numbers);
  if (newest === 0) problems.push(`${subject}/v1.json: expected it, found none`);
  const versions = Array.from({ length: newest }, (_, at) => `v${at + 1}.json`).map((name) => {
    const file = files.get(name);
    if (!file) problems.push(`${subject}/${name}: expected versions 1 to ${newest} without a gap`);
    return file ? readVersion(file, problems) : {};
  });
  return { subject, manifest: manifest?.content ?? null, versions };
};

/** The registry's files, by subject. What is out of place is named in `problems`. */
export const readFolders = (files: readonly RegistryFile[], problems: string[]): readonly SubjectFolder[] => {
  const folders = new Map<string, Map<string, RegistryFile>>();
  for (const file of files) {
    const [subject = '', name = '', ...rest] = file.path.split('/');
    if (name === '') continue;
    if (rest.length > 0 || !(name === 'subject.json' || Number.isFinite(versionNumber(name)))) {
      problems.push(`${file.path}: expected <subject>/subject.json or <subject>/v<N>.json`);
      continue;
    }
    const folder = folders.get(subject) ?? new Map<string, RegistryFile>();
    folders.set(subject, folder.set(name, file));
  }
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([subject, found]) => readFolder(subject, found, problems));
};
