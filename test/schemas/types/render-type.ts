import { compile } from 'json-schema-to-typescript';
import type { JsonObject } from '../../../src/core/json';
import { schemaId } from '../../../src/core/registry/folder';
import type { Subject } from '../../../src/core/registry/subject';
import { moduleName, typeName } from './names';
import { plainSchema } from './plain-schema';
import { withReadonly } from './readonly';
import { importLine, sourceFile } from './source-file';

/** A subject with the schema of its newest version. */
interface Typed {
  readonly subject: Subject;
  readonly schema: JsonObject;
}

const promiseOnly =
  'What the schema promises, not what may come: any field may be null or of another type, and there may be others.';

/** `../tidemark.record/v1.json` → the type of that subject. There is one type for each, so no older version will do. */
const typeReferred = (path: string, newest: ReadonlySet<string>): string => {
  const [, subject] = /^\.\.\/([^/]+)\/v\d+\.json$/.exec(path) ?? [];
  if (subject !== undefined && newest.has(path.replace('..', 'schemas'))) return subject;
  throw new Error(`Expected $ref to name the newest version of a subject, as in ../<subject>/v<N>.json, got ${path}.`);
};

/** One subject's file: its type, under its name. `newest`: the `$id` of each subject's newest version. */
export const renderType = async ({ subject, schema }: Typed, newest: ReadonlySet<string>): Promise<string> => {
  const imports = new Map<string, string>();
  const plain = plainSchema(schema, {
    json: (name) => imports.set(name, '../json'),
    schema: (path) => {
      const referred = typeReferred(path, newest);
      imports.set(typeName(referred), `./${moduleName(referred)}`);
      return typeName(referred);
    },
  });
  const promise = subject.kind === 'output' ? '' : `\n${promiseOnly}`;
  const description = `${schemaId(subject.subject, subject.version)}: ${subject.note}${promise}`;
  const compiled = await compile({ ...plain, description }, typeName(subject.subject), {
    additionalProperties: false,
    bannerComment: '',
    declareExternallyReferenced: false,
    format: false,
    ignoreMinAndMaxItems: true,
  });
  const modules = [...new Set(imports.values())].sort();
  const lines = modules.map((from) => importLine([...imports.keys()].filter((name) => imports.get(name) === from).sort(), from));
  return sourceFile(lines, withReadonly(compiled));
};
