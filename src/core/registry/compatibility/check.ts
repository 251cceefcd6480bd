import { SchemaRegistryError } from '../../errors';
import type { JsonObject } from '../../json';
import { createSchemaRegistry, type SchemaRegistry } from '../../schema-registry';
import { judgeVersion, type VersionVerdict } from './compatibility';
import { asReleased } from '../lock';
import { brokenSince, type EarlierFiles } from './earlier';
import type { RegistryFile } from '../folder';
import { unreleasedIn } from '../lock';

/** What a person, or CI, must know of a registry before it is used. */
export interface RegistryCheck {
  /** What keeps it from being used, but for versions that are not released; then nothing else is judged. */
  readonly problems: readonly string[];
  /** Paths of versions that nobody has released yet. */
  readonly unreleased: readonly string[];
  /** What an earlier state of it promised and it does not keep. */
  readonly broken: readonly string[];
  /** Of every version, by subject; of a first version only if it is not released. */
  readonly verdicts: readonly VersionVerdict[];
  readonly subjects: number;
  readonly versions: number;
}

type Sound = { readonly registry: SchemaRegistry } | { readonly problems: readonly string[] };

const asSound = (files: readonly RegistryFile[]): Sound => {
  try {
    return { registry: createSchemaRegistry(asReleased(files)) };
  } catch (error) {
    if (error instanceof SchemaRegistryError) return { problems: error.problems };
    throw error;
  }
};

/** Every version against those before it. */
const judgeAll = (registry: SchemaRegistry, unreleased: readonly string[]): readonly VersionVerdict[] => {
  const schemas = registry.subjects.flatMap(({ subject }) => registry.versionsOf(subject));
  const byId = new Map(schemas.map((schema): readonly [unknown, JsonObject] => [schema['$id'], schema]));
  const neighbours = { find: (id: string) => byId.get(id), upcast: registry.hasUpcast };
  return registry.subjects.flatMap((subject) => {
    const versions = registry.versionsOf(subject.subject);
    return versions
      .map((_schema, at) => at + 1)
      .filter((version) => version > 1 || unreleased.includes(`${subject.subject}/v1.json`))
      .map((version) => judgeVersion(subject, versions, version, neighbours));
  });
};

/** Judges the files of a registry, released or not. `earlier`: what it was, where that is known. */
export const checkRegistry = (files: readonly RegistryFile[], earlier: EarlierFiles = []): RegistryCheck => {
  const sound = asSound(files);
  const unreleased = unreleasedIn(files);
  const counted = { unreleased, subjects: 0, versions: 0 };
  if ('problems' in sound) {
    return { ...counted, problems: sound.problems, broken: brokenSince(earlier, files, [], () => false), verdicts: [] };
  }
  const { subjects, hasUpcast, versionsOf } = sound.registry;
  return {
    ...counted,
    problems: [],
    broken: brokenSince(earlier, files, subjects, hasUpcast),
    verdicts: judgeAll(sound.registry, unreleased),
    subjects: subjects.length,
    versions: subjects.reduce((sum, { subject }) => sum + versionsOf(subject).length, 0),
  };
};
