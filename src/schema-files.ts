import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Json } from './core/json';
import { createSchemaRegistry, type RegistryFile, type SchemaRegistry } from './core/schema-registry';

/** Beside src/ in a checkout, beside dist/ in the image. */
export const shippedSchemas = join(__dirname, '..', 'schemas');

/** What an editor leaves behind and nobody sees is named; JSON.parse would only quote it. */
const faultOf = (text: string | null, cause: unknown): string => {
  if (text === '') return 'it is empty';
  if (text?.startsWith('\uFEFF')) return 'it starts with a byte order mark';
  return cause instanceof Error ? cause.message : String(cause);
};

const parse = (path: string): Json => {
  let text: string | null = null;
  try {
    text = readFileSync(path, 'utf8');
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Error(`${path}: expected a readable JSON file: ${faultOf(text, cause)}`, { cause });
  }
};

/** Reads every JSON file of the registry's folder; `createSchemaRegistry` says whether they make sense. */
export const readSchemaFiles = (folder: string = shippedSchemas): readonly RegistryFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({ path: path.replaceAll(sep, '/'), content: parse(join(folder, path)) }));

/** The registry in a folder, for whoever looks at a few messages and ends: each schema is compiled when it is first asked. */
export const openSchemaRegistry = (folder?: string): SchemaRegistry =>
  createSchemaRegistry(readSchemaFiles(folder), undefined, 'when-asked');
