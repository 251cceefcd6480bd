import { SchemaRegistryError } from '../../core/errors';
import { asReleased } from '../../core/registry/lock';
import { createSchemaRegistry, type RegistryFile, type SchemaRegistry } from '../../core/schema-registry';
import { shippedSchemas } from '../../schema-files';
import { UnreadableFileError } from '../replay';
import { readRegistryFolder } from './registry-folder';

/** A registry with what is not released yet counted as if it were: for whoever works on it. */
export interface RegistryAt {
  readonly folder: string;
  readonly files: readonly RegistryFile[];
  readonly registry: SchemaRegistry;
}

export const registryAt = (folder: string = shippedSchemas): RegistryAt => {
  const files = asReleased(readRegistryFolder(folder));
  try {
    return { folder, files, registry: createSchemaRegistry(files, undefined, 'when-asked') };
  } catch (cause) {
    if (!(cause instanceof SchemaRegistryError)) throw cause;
    throw new UnreadableFileError(`${folder}: ${cause.message}`, { cause });
  }
};
