import type { JsonObject } from '../src/core/json';
import { lockOf } from '../src/core/registry/lock';
import type { RegistryFile } from '../src/core/schema-registry';
import { readSchemaFiles } from '../src/schema-files';

/* Registries as they were, or will be: the shipped one, with other versions of one subject. */

const shipped = readSchemaFiles();

const contentAt = (path: string): JsonObject => shipped.find((file) => file.path === path)!.content as JsonObject;

export const newestOf = (subject: string): JsonObject => {
  const numbers = shipped.flatMap(({ path }) => new RegExp(`^${subject}/v(\\d+)\\.json$`).exec(path)?.[1] ?? []).map(Number);
  return contentAt(`${subject}/v${Math.max(...numbers)}.json`);
};

/** A schema with some of its properties taken away and others put in. */
export const changed = (schema: JsonObject, without: readonly string[], added: JsonObject): JsonObject => {
  const kept = Object.entries(schema['properties'] as JsonObject).filter(([name]) => !without.includes(name));
  return { ...schema, properties: { ...Object.fromEntries(kept), ...added } };
};

const locked = (files: readonly RegistryFile[]): readonly RegistryFile[] => [
  ...files.filter(({ path }) => path !== 'lock.json'),
  { path: 'lock.json', content: lockOf(files) },
];

/** Of a few subjects: compiling all takes seconds. */
export const only = (subjects: readonly string[], files: readonly RegistryFile[]): readonly RegistryFile[] =>
  locked(files.filter(({ path }) => !path.includes('/') || subjects.includes(path.split('/')[0]!)));

/** These are all the versions of the subject, v1 first; locked, as if released. */
export const withVersions = (
  subject: string,
  versions: readonly JsonObject[],
  manifest: JsonObject = {},
): readonly RegistryFile[] =>
  locked([
    ...shipped.filter(({ path }) => !path.startsWith(`${subject}/`)),
    { path: `${subject}/subject.json`, content: { ...contentAt(`${subject}/subject.json`), ...manifest } },
    ...versions.map((schema, at) => {
      const path = `${subject}/v${at + 1}.json`;
      return { path, content: { ...schema, $id: `schemas/${path}` } };
    }),
  ]);

/** The shipped registry from before there was this subject. */
export const withoutSubject = (subject: string): readonly RegistryFile[] =>
  locked(shipped.filter(({ path }) => !path.startsWith(`${subject}/`)));
