import type { Subject } from '../../../src/core/registry/subject';
import { moduleName, typeName } from './names';
import { importLine, sourceFile } from './source-file';

const renderMap = (declaration: string, members: readonly (readonly [string, string])[], subjects: readonly Subject[]) => {
  const imports = subjects.map(({ subject }) => importLine([typeName(subject)], `./${moduleName(subject)}`));
  const lines = members.map(([key, type]) => `  readonly '${key}': ${type};\n`);
  return sourceFile(imports, `${declaration} {\n${lines.join('')}}\n`);
};

/** Subject → type. */
export const renderSubjects = (subjects: readonly Subject[]): Promise<string> =>
  renderMap(
    '/** The newest version of every subject of the registry. */\nexport interface SubjectTypes',
    subjects.map(({ subject }) => [subject, typeName(subject)]),
    subjects,
  );

/** Mapper → types. */
export const renderMapperBodies = (subjects: readonly Subject[]): Promise<string> => {
  const read = subjects.filter((subject) => subject.kind === 'event').filter(({ action }) => action === 'reconstruct');
  const mappers = [...new Set(read.map(({ mapper }) => mapper))].sort();
  const typesOf = (name: string): readonly string[] =>
    read.filter(({ mapper }) => mapper === name).map(({ subject }) => typeName(subject));
  return renderMap(
    '/** What each mapper is given: the events of the subjects that name it. */\nexport interface MapperBodies',
    mappers.map((mapper) => [mapper, typesOf(mapper).join(' | ')]),
    read,
  );
};
