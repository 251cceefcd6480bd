import { lockOf } from '../../src/core/registry/lock';
import { subjectOf } from '../../src/core/registry/subject';
import { createSchemaRegistry, type SchemaRegistry } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';

/** The shipped registry, and a type that is passed on. */
export const grownBy = (name: string): SchemaRegistry => {
  const subject = subjectOf(name);
  const $id = `schemas/${subject}/v1.json`;
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', $id, type: 'object', properties: {} };
  const manifest = {
    kind: 'event',
    format: 'genesys',
    name,
    type: 'new',
    action: 'pass',
    dependsOn: [],
    owner: 'us',
    note: 'New.',
  };
  const added = [
    { path: `${subject}/v1.json`, content: schema },
    { path: `${subject}/subject.json`, content: manifest },
  ];
  const files = [...readSchemaFiles().filter(({ path }) => path !== 'lock.json'), ...added];
  return createSchemaRegistry([...files, { path: 'lock.json', content: lockOf(files) }], undefined, 'when-asked');
};
