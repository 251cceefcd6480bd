import type { RegistryFile } from '../../core/schema-registry';
import { readSchemaFiles, shippedSchemas } from '../../schema-files';
import { UnreadableFileError } from '../replay';

export const registryOption = ['--registry <folder>', 'the schema registry; default: the one that Tidemark comes with'] as const;

/** The files of a registry's folder. That they make sense is for others to say. */
export const readRegistryFolder = (folder: string = shippedSchemas): readonly RegistryFile[] => {
  try {
    return readSchemaFiles(folder);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`Expected the folder of a schema registry: ${why}`, { cause });
  }
};
