import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Json, JsonObject } from '../src/core/json';
import { lockOf } from '../src/core/registry/lock';
import { readSchemaFiles, shippedSchemas } from '../src/schema-files';
import { runHere, type Ran } from './run-here';

/* A registry of three subjects in a folder of its own, for commands that judge or change one. */

export const acw = 'v2.detail.events.conversation.acw';

type Fields = Readonly<Record<string, Json>>;

export interface RegistryCopy {
  readonly folder: string;
  readonly file: (...names: readonly string[]) => string;
  readonly read: (...names: readonly string[]) => JsonObject;
  readonly write: (content: Json, ...names: readonly string[]) => void;
  /** As somebody does who edits the lock by hand. */
  readonly lockAgain: () => void;
  /** The version of acw after the newest, with other fields. */
  readonly addVersion: (change: (fields: Fields) => Fields) => void;
  readonly check: (...args: readonly string[]) => Promise<Ran>;
  readonly release: (subject: string) => Promise<Ran>;
  readonly remove: () => void;
}

export const withNote = (fields: Fields): Fields => ({ ...fields, note: { type: 'string' } });
export const withOtherTime = (fields: Fields): Fields => ({
  ...fields,
  eventTime: { type: 'string' },
  wrapupCode: { type: 'integer' },
});

export const copyRegistry = (): RegistryCopy => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tidemark-registry-'));
  for (const name of ['subject.schema.json', 'compared.json', acw, 'envelope.sns', 'tidemark.event']) {
    cpSync(path.join(shippedSchemas, name), path.join(folder, name), { recursive: true });
  }
  const file = (...names: readonly string[]): string => path.join(folder, ...names);
  const read = (...names: readonly string[]): JsonObject => JSON.parse(readFileSync(file(...names), 'utf8')) as JsonObject;
  const write = (content: Json, ...names: readonly string[]): void =>
    writeFileSync(file(...names), `${JSON.stringify(content, null, 2)}\n`);
  const lockAgain = (): void => {
    write({}, 'lock.json');
    write(lockOf(readSchemaFiles(folder)), 'lock.json');
  };
  lockAgain();
  return {
    folder,
    file,
    read,
    write,
    lockAgain,
    addVersion: (change) => {
      const newest = read(acw, 'v7.json');
      const properties = change(newest['properties'] as JsonObject);
      write({ ...newest, $id: `schemas/${acw}/v8.json`, properties }, acw, 'v8.json');
    },
    check: (...args) => runHere('schemas', 'check', '--registry', folder, ...args),
    release: (subject) => runHere('schemas', 'release', subject, '--registry', folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
