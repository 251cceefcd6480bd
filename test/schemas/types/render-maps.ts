import type { Subject } from '../../../src/core/registry/subject';
import { moduleName, typeName } from './names';
import { importLine, sourceFile } from './source-file';

const importsOf = (subjects: readonly Subject[]): readonly string[] =>
  subjects.map(({ subject }) => importLine([typeName(subject)], `./${moduleName(subject)}`));

/** Subject → type. */
export const renderSubjects = (subjects: readonly Subject[]): Promise<string> => {
  const members = subjects.map(({ subject }) => `  readonly '${subject}': ${typeName(subject)};`);
  return sourceFile(
    importsOf(subjects),
    ['/** The newest version of every subject of the registry. */', 'export interface SubjectTypes {', ...members, '}'].join('\n'),
  );
};

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)].sort();

/** Format → mapper → types. */
export const renderMapperBodies = (subjects: readonly Subject[]): Promise<string> => {
  const read = subjects.filter((subject) => subject.kind === 'event').filter(({ action }) => action === 'reconstruct');
  const formats = distinct(read.map(({ format }) => format)).flatMap((format) => {
    const own = read.filter((subject) => subject.format === format);
    const members = distinct(own.map(({ mapper }) => mapper)).map((name) => {
      const types = own.filter(({ mapper }) => mapper === name).map(({ subject }) => typeName(subject));
      return `'${name}': ${types.join(' | ')};`;
    });
    return [`readonly '${format}': {`, ...members.map((member) => `readonly ${member}`), '};'];
  });
  return sourceFile(
    importsOf(read),
    ['/** What each mapper is given: the events of the subjects that name it. */', 'export interface MapperBodies {', ...formats, '}'].join(
      '\n',
    ),
  );
};
