import { createSchemaRegistry, type RegistryFile } from '../../src/core/schema-registry';
import type * as schemaFiles from '../../src/schema-files';

/* In place of the shipped registry, for a test that lets a subject be released between two commands. */

let onShelf: readonly RegistryFile[] | null = null;

/** What workers and commands that begin from now on are built with. */
export const putOnShelf = (files: readonly RegistryFile[]): void => void (onShelf = files);

/** For `jest.mock`. */
export const asSchemaFiles = (real: typeof schemaFiles): typeof schemaFiles => {
  const filesIn = (folder: string | undefined) =>
    folder === undefined && onShelf !== null ? onShelf : real.readSchemaFiles(folder);
  return {
    ...real,
    readSchemaFiles: filesIn,
    openSchemaRegistry: (folder) => createSchemaRegistry(filesIn(folder), undefined, 'when-asked'),
  };
};
