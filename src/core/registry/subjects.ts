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

/** Without these there is no event to put into a window: the feed says them where all of its events do, others where they declare. */
const neededBy = ({ format, action, reads }: EventSubject): readonly string[] => {
  if (format !== 'genesys') return [];
  if (action === 'reconstruct') return ['eventTime', 'conversationId'];
  return action === 'attach' ? [String(reads.conversationId)] : [];
};

/** What a subject says of itself that its newest version, its folder or its action do not bear out. */
const contradictions = (read: Subject, newest: JsonObject): readonly string[] => {
  if (read.kind === 'output') return [];
  const reads = read.kind === 'event' ? [read.reads.conversationId, read.reads.eventTime] : [];
  const fields = new Set([...read.dependsOn, ...reads.filter((path) => path !== null)]);
  const unknown = [...fields].filter((path) => !isKnown(newest, path));
  const problems = unknown.map((field) => `depends on ${field}, which v${read.version}.json does not have`);
  if (read.kind === 'envelope') return problems;
  const folder = subjectOfEvent(read.format, read.name);
  const missing = neededBy(read).filter((field) => !read.dependsOn.includes(field));
  return [
    ...problems,
    ...(folder === read.subject ? [] : [`expected ${read.name} in the folder ${folder}`]),
    ...missing.map((field) => `expected dependsOn to name ${field}, which its action cannot do without`),
  ];
};

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
  problems.push(...contradictions(read, versions.at(-1) ?? {}).map((problem) => `${subject}/subject.json: ${problem}`));
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
