import { mappers } from '../../../src/core/conversation/mappers';
import { createSchemaRegistry } from '../../../src/core/schema-registry';
import { readSchemaFiles } from '../../../src/schema-files';

const { eventSubjects } = createSchemaRegistry(readSchemaFiles());

test('every subject that is reconstructed names a mapper that exists, and every mapper is named', () => {
  const named = new Set(eventSubjects.filter(({ action }) => action === 'reconstruct').map(({ mapper }) => mapper));
  expect([...named].sort()).toEqual(Object.keys(mappers).sort());
});
