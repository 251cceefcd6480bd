import { isObject, type Json, type JsonObject } from '../../json';

/** A notification topic as Genesys offers it to an organisation. */
export interface AvailableTopic {
  /** The template, with `{id}`. */
  readonly name: string;
  readonly description: string | null;
  /** Of the `eventBody`; null if the answer has none. */
  readonly schema: JsonObject | null;
  /** `All`, `Websocket`, `EventBridge`, `ProcessAutomation`; null if the answer does not say. */
  readonly transports: readonly string[] | null;
}

export interface AvailableTopics {
  /** Sorted by name. */
  readonly topics: readonly AvailableTopic[];
  /** Entries that are no topic, or that repeat one. */
  readonly unusable: number;
}

/** Whatever it says, its name goes to a terminal and may become a folder's. */
const topicName = /^[A-Za-z0-9][\w-]*(\.([\w-]+|\{[\w-]+\}))*$/;
const longestName = 200;

const isWord = (value: Json): value is string => typeof value === 'string' && /^\w{1,40}$/.test(value);

const readTopic = (entity: Json): AvailableTopic | null => {
  if (!isObject(entity)) return null;
  const { id, description, schema, transports } = entity;
  if (typeof id !== 'string' || id.length > longestName || !topicName.test(id)) return null;
  return {
    name: id,
    description: typeof description === 'string' ? description : null,
    schema: isObject(schema) ? schema : null,
    transports: Array.isArray(transports) ? transports.filter(isWord) : null,
  };
};

/** Reads the answer to `GET /api/v2/notifications/availabletopics`. Null if it is not that, or has no topic. */
export const readAvailableTopics = (answer: unknown): AvailableTopics | null => {
  const entities: Json | undefined = isObject(answer) ? answer['entities'] : undefined;
  if (!Array.isArray(entities)) return null;
  const topics = new Map<string, AvailableTopic>();
  for (const topic of (entities as readonly Json[]).map(readTopic)) {
    if (topic && !topics.has(topic.name)) topics.set(topic.name, topic);
  }
  if (topics.size === 0) return null;
  const sorted = [...topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { topics: sorted, unusable: entities.length - topics.size };
};

/** Whether a customer can route it through EventBridge. One that does not say may be routed. */
export const isRoutable = ({ transports }: AvailableTopic): boolean =>
  transports === null || transports.includes('EventBridge') || transports.includes('All');
