import { SchemaRegistryError } from '../../core/errors';
import { asReleased } from '../../core/registry/draft-outcome';
import { createSchemaRegistry, type RegistryFile, type SchemaRegistry } from '../../core/schema-registry';
import { readSchemaFiles, shippedSchemas } from '../../schema-files';
import { UnreadableFileError } from '../replay';

/** A registry with what is not released yet counted as if it were: for whoever works on it. */
export interface RegistryAt {
  readonly folder: string;
  readonly files: readonly RegistryFile[];
  readonly registry: SchemaRegistry;
}

export const registryAt = (folder: string = shippedSchemas): RegistryAt => {
  try {
    const files = asReleased(readSchemaFiles(folder));
    return { folder, files, registry: createSchemaRegistry(files) };
  } catch (cause) {
    if (cause instanceof SchemaRegistryError) throw new UnreadableFileError(`${folder}: ${cause.message}`, { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`Expected the folder of a schema registry: ${why}`, { cause });
  }
};
