import { readInstant } from '../../formats/entry';
import type { Json, JsonObject } from '../../json';
import { isObject, textOrNull } from '../../json';
import type { UnknownType } from './evidence';
import { dialect, schemaId, type RegistryFile } from '../folder';
import { inferBody } from './infer';
import { propertySchema } from '../place';
import { subjectOfEvent } from '../subject';

/** Names that a folder and a schema can bear: a template or a word, nothing that holds an id. */
const namePatterns = {
  genesys: /^v2(\.(\{id\}|[A-Za-z][\w-]{0,60}))+$/,
  'detail-envelope': /^[A-Za-z][\w-]{0,60}([:.][A-Za-z][\w-]{0,60})*$/,
  'conversation-end': /^conversation\.end$/,
} as const satisfies Record<UnknownType['format'], RegExp>;

const longestName = 150;
const holdsId = /\d{5}|[\da-f]{8}-[\da-f]{4}/i;

const conversationPaths = ['conversationId', 'conversation.id'];
const timePaths = ['eventTime', 'eventDate', 'eventTimestamp', 'timestamp'];
/** Epoch ms of a time that an event plausibly has; seconds and durations are smaller. */
const leastTimeMs = 100_000_000_000;

const valueAt = (body: JsonObject, path: string): Json =>
  path.split('.').reduce<Json>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? (at[key] ?? null) : null), body);

const isTime = (value: Json): boolean =>
  typeof value === 'number' ? Number.isSafeInteger(value) && value >= leastTimeMs : readInstant(value) !== null;

/** A path is guessed only if every sample has it. */
const guess = (paths: readonly string[], schema: JsonObject, holds: (path: string) => boolean): string | undefined =>
  paths.find((path) => {
    const known = path.split('.').reduce<JsonObject | null>((at, key) => at && propertySchema(at, key), schema);
    return known !== null && holds(path);
  });

/** The detail envelope and the end mark name conversation and time in their carriers. */
const guessReads = ({ format, bodies }: UnknownType, schema: JsonObject): JsonObject => {
  if (format !== 'genesys') return {};
  const conversationId = guess(conversationPaths, schema, (path) =>
    bodies.every((body) => textOrNull(valueAt(body, path)) !== null),
  );
  const eventTime = guess(timePaths, schema, (path) => bodies.every((body) => isTime(valueAt(body, path))));
  if (conversationId === undefined && eventTime === undefined) return {};
  return {
    reads: { ...(conversationId === undefined ? {} : { conversationId }), ...(eventTime === undefined ? {} : { eventTime }) },
  };
};

/** The folder that a type would be filed in; null for a name that none can be filed under. */
export const subjectFor = ({ format, name }: UnknownType): string | null =>
  name.length <= longestName && namePatterns[format].test(name) && !holdsId.test(name) ? subjectOfEvent(format, name) : null;

/** A first version, and a manifest that passes the event on: nothing is reconstructed before a person has said how. */
export const draftSubject = (unknown: UnknownType, subject: string, type: string): readonly RegistryFile[] => {
  const { format, name, bodies } = unknown;
  const inferred = inferBody(bodies);
  const schema: JsonObject = {
    $schema: dialect,
    $id: schemaId(subject, 1),
    title: type,
    description: 'Proposed from samples.',
    ...inferred,
  };
  const manifest: JsonObject = {
    kind: 'event',
    format,
    name,
    type,
    action: 'pass',
    ...guessReads(unknown, schema),
    dependsOn: [],
    owner: 'nobody yet',
    note: 'Proposed from samples; nobody has looked at it yet.',
  };
  return [
    { path: `${subject}/subject.json`, content: manifest },
    { path: `${subject}/v1.json`, content: schema },
  ];
};
