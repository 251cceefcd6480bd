import { mappers } from '../../../src/core/conversation/mappers';
import { openSchemaRegistry } from '../../../src/schema-files';

const { eventSubjects } = openSchemaRegistry();

test('every subject that is reconstructed names a mapper that exists, and every mapper is named', () => {
  const named = new Set(eventSubjects.filter(({ action }) => action === 'reconstruct').map(({ mapper }) => mapper));
  expect([...named].sort()).toEqual(Object.keys(mappers).sort());
});
