import { asReleased } from '../../../../src/core/registry/lock';
import type { RegistryFile } from '../../../../src/core/schema-registry';
import { readSchemaFiles } from '../../../../src/schema-files';

/** The shipped registry's files of these folders alone, all released: a small one compiles in no time. */
export const filesOfSubjects = (...subjects: readonly string[]): readonly RegistryFile[] => {
  const own = readSchemaFiles().filter(
    ({ path }) => subjects.includes(path.split('/')[0] ?? '') || path === 'subject.schema.json',
  );
  return asReleased([...own, { path: 'lock.json', content: {} }]);
};
