import { schemaId } from '../../../src/core/registry/folder';
import type { SchemaRegistry } from '../../../src/core/schema-registry';
import { assertDistinct, moduleName } from './names';
import { renderMapperBodies, renderSubjects } from './render-maps';
import { renderType } from './render-type';

/** A generated file by its name, and what is in it. */
export type TypeFiles = ReadonlyMap<string, string>;

const maps = { 'subject-types': renderSubjects, 'mapper-bodies': renderMapperBodies } as const;

/** Every file of types that a registry has: one for each subject's newest version, and the maps over them. */
export const generateTypes = async (registry: SchemaRegistry): Promise<TypeFiles> => {
  const { subjects } = registry;
  assertDistinct(
    subjects.map(({ subject }) => subject),
    Object.keys(maps),
  );
  const newest = new Set(subjects.map(({ subject, version }) => schemaId(subject, version)));
  const files = new Map<string, string>();
  for (const subject of subjects) {
    const schema = registry.versionsOf(subject.subject).at(-1) ?? {};
    files.set(`${moduleName(subject.subject)}.ts`, await renderType({ subject, schema }, newest));
  }
  for (const [name, render] of Object.entries(maps)) files.set(`${name}.ts`, await render(subjects));
  return files;
};
