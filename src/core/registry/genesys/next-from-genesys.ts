import { canonicalJson, isObject, type Json, type JsonObject } from '../../json';
import type { AvailableTopics } from './available-topics';
import { dialect, schemaId, type RegistryFile } from '../folder';
import { fromGenesys } from './from-genesys';
import { entrySchema, itemSchema, propertySchema } from '../place';
import { subjectOf } from '../subject';
import type { ChangedTopic, Filed, TopicDifference, TopicsReport } from './topic-differences';

const growFields = (ours: JsonObject, theirs: JsonObject): JsonObject => {
  const [mine, others] = [ours['properties'], theirs['properties']];
  if (!isObject(mine) || !isObject(others)) return ours;
  const known = Object.keys(mine).map((key) => [key, grow(propertySchema(ours, key) ?? {}, propertySchema(theirs, key) ?? {})]);
  const added = Object.entries(others).filter(([key]) => !Object.hasOwn(mine, key));
  return { ...ours, properties: Object.fromEntries([...known, ...added]) as JsonObject };
};

const growInside = (ours: JsonObject, theirs: JsonObject, keyword: 'items' | 'additionalProperties'): JsonObject => {
  const inside = keyword === 'items' ? itemSchema : entrySchema;
  const [mine, others] = [inside(ours), inside(theirs)];
  return mine && others ? { ...ours, [keyword]: grow(mine, others) } : ours;
};

/** Ours with the fields and values that theirs has besides. It loses nothing, and a changed type is for a person to decide. */
const grow = (ours: JsonObject, theirs: JsonObject): JsonObject => {
  if (ours['type'] !== theirs['type']) return ours;
  const [mine, others] = [ours['enum'], theirs['enum']];
  if (Array.isArray(mine) && Array.isArray(others))
    return { ...ours, enum: [...new Set<Json>([...(mine as readonly Json[]), ...(others as readonly Json[])])] };
  return growInside(growInside(growFields(ours, theirs), theirs, 'items'), theirs, 'additionalProperties');
};

const addition = (difference: TopicDifference): readonly string[] => {
  if (difference.kind === 'new-field') return [`field ${difference.path.slice(2)}`];
  return difference.kind === 'new-values' ? [`${difference.path.slice(2)} ${difference.values.join(', ')}`] : [];
};

const descriptionLimit = 400;

const nextVersion = (changed: ChangedTopic, theirs: JsonObject, filed: Filed, since: string): readonly RegistryFile[] => {
  const ours = filed.newest(changed.subject);
  const grown = grow(ours, fromGenesys(theirs).schema);
  if (canonicalJson(grown) === canonicalJson(ours)) return [];
  const version = changed.version + 1;
  const description = `Adds ${changed.differences.flatMap(addition).join('; ')}.`.slice(0, descriptionLimit);
  const content = { ...grown, $id: schemaId(changed.subject, version), 'x-since': since, description };
  return [{ path: `${changed.subject}/v${version}.json`, content }];
};

/** No other may name a folder: one called `lock.json` would take the lock's place. */
const topicName = /^v\d+\.\S+$/;

/** What Tidemark calls it. */
const typeOf = (subject: string): string => subject.replace(/^v2\./, '');

const firstVersion = (name: string, schema: JsonObject, since: string): readonly RegistryFile[] => {
  const subject = subjectOf(name);
  const type = typeOf(subject);
  const theirs = fromGenesys(schema).schema;
  const content = {
    $schema: dialect,
    $id: schemaId(subject, 1),
    title: type,
    'x-since': since,
    description: 'As Genesys Cloud describes it.',
    ...theirs,
    type: 'object',
  };
  const note = 'Proposed from what Genesys Cloud offers; nobody has looked at it yet.';
  const manifest = { kind: 'event', format: 'genesys', name, type, action: 'pass', dependsOn: [], owner: 'nobody yet', note };
  return [
    { path: `${subject}/subject.json`, content: manifest },
    { path: `${subject}/v1.json`, content },
  ];
};

/**
 * What would end the differences that are additions: a next version for a topic that grew, a first one, passed on, for a new topic.
 * Nothing of it is released. A new topic without a schema, or whose folder or type is taken, is left to a person.
 */
export const draftFromGenesys = (
  report: TopicsReport,
  { topics }: AvailableTopics,
  filed: Filed,
  since: string,
): readonly RegistryFile[] => {
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  const taken = new Set(filed.subjects.flatMap(({ subject, type }) => [subject.toLowerCase(), type.toLowerCase()]));
  const grown = report.changed.flatMap((changed) => nextVersion(changed, byName.get(changed.topic)?.schema ?? {}, filed, since));
  const first = report.newTopics.flatMap(({ topic }): readonly RegistryFile[] => {
    const schema = byName.get(topic)?.schema ?? null;
    const subject = subjectOf(topic);
    const names = [subject, typeOf(subject)].map((name) => name.toLowerCase());
    if (schema === null || !topicName.test(topic) || names.some((name) => taken.has(name))) return [];
    for (const name of names) taken.add(name);
    return firstVersion(topic, schema, since);
  });
  return [...grown, ...first];
};
