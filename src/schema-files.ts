import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Json } from './core/json';
import type { RegistryFile } from './core/schema-registry';

/** Beside src/ in a checkout, beside dist/ in the image. */
export const shippedSchemas = join(__dirname, '..', 'schemas');

const parse = (path: string): Json => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Json;
  } catch (cause) {
    throw new Error(`${path}: expected a readable JSON file`, { cause });
  }
};

/** Reads every JSON file of the registry's folder; `createSchemaRegistry` says whether they make sense. */
export const readSchemaFiles = (folder: string = shippedSchemas): readonly RegistryFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({ path: path.replaceAll(sep, '/'), content: parse(join(folder, path)) }));
