import { isObject, type JsonObject } from '../../json';
import { isRoutable, type AvailableTopic, type AvailableTopics } from './available-topics';
import { fromGenesys, type Unreadable } from './from-genesys';
import { schemaDifferences, type SchemaDifference } from './schema-differences';
import type { EventSubject } from '../subject';

export type TopicDifference = SchemaDifference | ({ readonly kind: 'unreadable' } & Unreadable);

/** A topic that we file, with what Genesys says otherwise. */
export interface ChangedTopic {
  readonly topic: string;
  readonly subject: string;
  /** Our newest version, which was compared. */
  readonly version: number;
  readonly differences: readonly TopicDifference[];
}

export interface NewTopic {
  readonly topic: string;
  readonly transports: readonly string[] | null;
  /** Null: the answer has no schema of it. */
  readonly fields: number | null;
}

/** Everything sorted by topic. */
export interface TopicsReport {
  /** Topics that Genesys offers, of which so many were compared with what we file. */
  readonly offered: number;
  readonly compared: number;
  /** What must be looked at: these three. */
  readonly changed: readonly ChangedTopic[];
  readonly newTopics: readonly NewTopic[];
  readonly gone: readonly string[];
  /** For the reader to know. Filed, but Genesys does not send them through EventBridge: */
  readonly notRouted: readonly string[];
  /** … and not filed, because it does not. */
  readonly otherTopics: number;
  /** Filed places that Genesys's schema lacks and payloads have shown: `subject path`. */
  readonly seenInPayloads: readonly string[];
  readonly unusable: number;
}

export interface Filed {
  readonly subjects: readonly EventSubject[];
  readonly newest: (subject: string) => JsonObject;
  /** Paths by subject that real payloads have shown though Genesys does not list them: no difference. */
  readonly seenInPayloads: ReadonlyMap<string, readonly string[]>;
}

const isGone = ({ kind }: TopicDifference): boolean => kind === 'field-gone' || kind === 'values-gone';

const differencesOf = (subject: EventSubject, topic: AvailableTopic, filed: Filed): readonly TopicDifference[] => {
  if (topic.schema === null)
    return [{ kind: 'unreadable', path: '$', why: 'expected a schema of the topic, the answer has none' }];
  const { schema, unreadable } = fromGenesys(topic.schema);
  return [
    ...schemaDifferences(filed.newest(subject.subject), schema),
    ...unreadable.map((one) => ({ kind: 'unreadable', ...one }) as const),
  ];
};

/** A schema is only turned into ours where its own fields do not stand at its top: there may be thousands of topics. */
const fieldsOf = (schema: JsonObject): number => {
  const properties = schema['properties'] ?? fromGenesys(schema).schema['properties'];
  return isObject(properties) ? Object.keys(properties).length : 0;
};

const newTopic = ({ name, transports, schema }: AvailableTopic): NewTopic => ({
  topic: name,
  transports,
  fields: schema && fieldsOf(schema),
});

interface Pair {
  readonly subject: EventSubject;
  readonly topic: AvailableTopic;
}

const compare = ({ subject, topic }: Pair, filed: Filed): ChangedTopic & { readonly seen: readonly string[] } => {
  const known = filed.seenInPayloads.get(subject.subject) ?? [];
  const all = differencesOf(subject, topic, filed);
  const isSeen = (one: TopicDifference): boolean => isGone(one) && known.includes(one.path);
  return {
    topic: topic.name,
    subject: subject.subject,
    version: subject.version,
    differences: all.filter((one) => !isSeen(one)),
    seen: all.filter(isSeen).map(({ path }) => `${subject.subject} ${path}`),
  };
};

/** Holds what we file against what Genesys offers. A topic is the same under any name that it has or had. */
export const compareTopics = (filed: Filed, { topics, unusable }: AvailableTopics): TopicsReport => {
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  const ours = filed.subjects
    .filter(({ format }) => format === 'genesys')
    .map((subject) => {
      const name = [subject.name, ...subject.formerNames].find((one) => byName.has(one));
      return { subject, topic: name === undefined ? undefined : byName.get(name) };
    })
    .sort((a, b) => (a.subject.name < b.subject.name ? -1 : 1));
  const pairs = ours.filter((pair): pair is Pair => pair.topic !== undefined);
  // Of a renamed topic both names may be offered for a while.
  const known = new Set(ours.flatMap(({ subject }) => [subject.name, ...subject.formerNames]));
  const others = topics.filter(({ name }) => !known.has(name));
  const compared = pairs.map((pair) => compare(pair, filed));
  return {
    offered: topics.length,
    compared: pairs.length,
    changed: compared
      .filter(({ differences }) => differences.length > 0)
      .map(({ topic, subject, version, differences }) => ({ topic, subject, version, differences })),
    newTopics: others.filter(isRoutable).map(newTopic),
    gone: ours.filter(({ topic }) => !topic).map(({ subject }) => subject.name),
    notRouted: pairs.filter(({ topic }) => !isRoutable(topic)).map(({ topic }) => topic.name),
    otherTopics: others.filter((topic) => !isRoutable(topic)).length,
    seenInPayloads: compared.flatMap(({ seen }) => seen),
    unusable,
  };
};

/** How many things must be looked at. */
export const countDifferences = ({ changed, newTopics, gone }: TopicsReport): number =>
  changed.reduce((sum, { differences }) => sum + differences.length, 0) + newTopics.length + gone.length;
