import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createSchemaRegistry } from '../../../src/core/schema-registry';
import { readSchemaFiles } from '../../../src/schema-files';
import { differences } from './differences';
import { generateTypes, type TypeFiles } from './generate';

/*
 * `npm run schemas:types` writes the types of the registry's schemas; with --check it only says whether they are up to date,
 * and exits 1 if not; 2 if the registry is not sound. --registry and --types name other folders.
 */

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    registry: { type: 'string' },
    types: { type: 'string', default: path.join(__dirname, '../../../src/core/schema-types') },
  },
});

const readTypes = (folder: string): TypeFiles =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));

const writeTypes = (folder: string, files: TypeFiles): void => {
  for (const name of readTypes(folder).keys()) if (!files.has(name)) rmSync(path.join(folder, name));
  for (const [name, text] of files) writeFileSync(path.join(folder, name), text);
};

const main = async (): Promise<void> => {
  mkdirSync(values.types, { recursive: true });
  const files = await generateTypes(createSchemaRegistry(readSchemaFiles(values.registry)));
  const stale = differences(files, readTypes(values.types));
  if (!values.check) writeTypes(values.types, files);
  const [done, count] = values.check ? ['differ from their schemas', stale.length] : ['written', files.size];
  for (const line of stale) console.log(line);
  console.log(stale.length === 0 ? `${files.size} files of types are up to date.` : `${count} files of types ${done}.`);
  if (values.check && stale.length > 0) {
    console.log('Run `npm run schemas:types` and commit what it writes.');
    process.exitCode = 1;
  }
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
