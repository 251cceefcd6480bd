import type { ValidateFunction } from 'ajv';
import { isObject, type JsonObject } from '../json';
import { createCompiler } from './compiler';
import { fileAt, type RegistryFile, type SubjectFolder } from './folder';
import { propertySchema } from './place';
import { subjectOfEvent, type EventSubject, type Reads, type Subject } from './subject';

const manifestSchemaPath = 'subject.schema.json';

/** What an event's subject.json may leave out; of one that is not reconstructed, nobody reads or orders it. */
const eventDefaults = { formerNames: [], mapper: 'none', mapperVersion: 1, rank: 0 } as const;
const readsNothing: Reads = { conversationId: null, eventTime: null };

const withDefaults = (manifest: JsonObject): JsonObject => {
  const kind = manifest['kind'];
  const reads = isObject(manifest['reads']) ? manifest['reads'] : {};
  return {
    compatibility: kind === 'output' ? 'full' : 'backward',
    ...(kind === 'event' ? eventDefaults : {}),
    ...manifest,
    ...(kind === 'event' ? { reads: { ...readsNothing, ...reads } } : {}),
  };
};

const isKnown = (schema: JsonObject, path: string): boolean =>
  path.split('.').reduce<JsonObject | null>((at, key) => at && propertySchema(at, key), schema) !== null;

const readSubject = (folder: SubjectFolder, isManifest: ValidateFunction, problems: string[]): Subject | null => {
  const { subject, manifest, versions } = folder;
  if (!isManifest(manifest) || !isObject(manifest)) {
    // Ajv names the branch of the schema, too; what is wrong in it says enough.
    for (const error of (isManifest.errors ?? []).filter(({ keyword }) => keyword !== 'if')) {
      problems.push(`${subject}/subject.json: ${error.instancePath || 'it'} ${error.message ?? error.keyword}`);
    }
    return null;
  }
  // The manifest's schema is what vouches for this type.
  const read = { ...withDefaults(manifest), subject, version: versions.length } as unknown as Subject;
  if (read.kind === 'output') return read;
  const reads = read.kind === 'event' ? [read.reads.conversationId, read.reads.eventTime] : [];
  const fields = new Set([...read.dependsOn, ...reads.filter((path) => path !== null)]);
  for (const field of [...fields].filter((path) => !isKnown(versions.at(-1) ?? {}, path))) {
    problems.push(`${subject}/subject.json: depends on ${field}, which v${read.version}.json does not have`);
  }
  if (read.kind === 'event' && subject !== subjectOfEvent(read.format, read.name)) {
    problems.push(`${subject}/subject.json: expected ${read.name} in the folder ${subjectOfEvent(read.format, read.name)}`);
  }
  return read;
};

/** What each folder says it is. What cannot be used is named in `problems`. */
export const readSubjects = (
  files: readonly RegistryFile[],
  folders: readonly SubjectFolder[],
  problems: string[],
): readonly Subject[] => {
  const manifestSchema = fileAt(files, manifestSchemaPath, problems);
  if (manifestSchema === null) return [];
  const isManifest = createCompiler().compile(manifestSchema);
  return folders.map((folder) => readSubject(folder, isManifest, problems)).filter((subject) => subject !== null);
};

/** Two subjects must not claim one event, one canonical type or, in the real feed, one place in the order. */
export const clashes = (events: readonly EventSubject[]): readonly string[] => {
  const owners = new Map<string, string>();
  return events.flatMap(({ subject, format, name, formerNames, type, action, rank }) => {
    const isRanked = format === 'genesys' && action === 'reconstruct';
    const names = [name, ...formerNames].map((one) => `name ${one}`);
    const claims = [...names, `type ${type}`, ...(isRanked ? [`rank ${rank}`] : [])];
    return claims.flatMap((claim) => {
      const owner = owners.get(`${format} ${claim}`);
      owners.set(`${format} ${claim}`, owner ?? subject);
      return owner === undefined ? [] : [`${subject}/subject.json: ${claim} is also that of ${owner}; each needs its own`];
    });
  });
};
