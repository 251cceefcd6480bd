import { canonicalJson, isObject, textOrNull, type Json, type JsonObject } from '../core/json';

/* What an integration should be, held against what it is. Pure. */

export const eventBridgeSource = 'amazon-eventbridge-source';

export interface Wanted {
  readonly name: string;
  /** Last part of the partner event source's name. */
  readonly suffix: string;
  readonly accountId: string;
  /** Where the partner event source is; the organisation may live in another. */
  readonly region: string;
  /** Topic templates with `{id}`, sorted. */
  readonly topics: readonly string[];
}

/** An integration that is there, with its configuration as it came. */
export interface Existing {
  readonly id: string;
  readonly config: JsonObject;
  /** `ENABLED`, `DISABLED`; null where the answer does not say. */
  readonly intendedState: string | null;
}

export type Change =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'set'; readonly property: string; readonly from: string | null; readonly to: string }
  | { readonly kind: 'topics'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: 'enable'; readonly from: string | null };

const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const propertiesOf = (config: JsonObject): JsonObject => asObject(config['properties']);

/** What says where events go. */
const destination = ({ suffix, accountId, region }: Wanted): Readonly<Record<string, string>> => ({
  awsAccountId: accountId,
  awsAccountRegion: region,
  eventSourceSuffix: suffix,
});

const topicsIn = (config: JsonObject): readonly string[] => {
  const topics = propertiesOf(config)['eventFilter'];
  return Array.isArray(topics) ? topics.filter((topic: Json): topic is string => typeof topic === 'string') : [];
};

const without = (topics: readonly string[], others: readonly string[]): readonly string[] =>
  topics.filter((topic) => !others.includes(topic)).sort();

/** What its configuration lacks. The order of topics is nobody's concern. */
export const configChanges = (wanted: Wanted, config: JsonObject): readonly Change[] => {
  const properties = propertiesOf(config);
  const set = Object.entries(destination(wanted))
    .map(([property, to]) => ({ kind: 'set' as const, property, from: textOrNull(properties[property]), to }))
    .filter(({ from, to }) => from !== to);
  const topics = topicsIn(config);
  const added = without(wanted.topics, topics);
  const removed = without(topics, wanted.topics);
  return added.length + removed.length > 0 ? [...set, { kind: 'topics', added, removed }] : set;
};

/** All that it takes from what there is to what should be; none where nothing is to do. */
export const changesOf = (wanted: Wanted, existing: Existing | null): readonly Change[] => {
  const changes = configChanges(wanted, existing?.config ?? {});
  const created: readonly Change[] = existing ? [] : [{ kind: 'create', name: wanted.name }];
  const from = existing?.intendedState ?? null;
  return [...created, ...changes, ...(from === 'ENABLED' ? [] : [{ kind: 'enable' as const, from }])];
};

/** Places that a configuration names already, and others than those wanted: properties, what they are, what they were to be. */
export const otherDestination = (wanted: Wanted, config: JsonObject): readonly (Change & { readonly kind: 'set' })[] =>
  configChanges(wanted, config)
    .filter((change) => change.kind === 'set')
    .filter(({ from }) => from !== null);

/** Genesys writes this where notes are empty (its Terraform provider reads it so). */
const noNotes = 'node_dynamodb_empty_string';

/** A credential is named by its id; what else is listed of it is not for us to write. */
const credentialReferences = (config: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(asObject(config['credentials'])).map(([key, one]) => {
      const id = isObject(one) ? textOrNull(one['id']) : null;
      return [key, id === null ? one : { id }];
    }),
  );

/** The whole configuration, as it must be sent: what others have set in it stays. Its version says which one it replaces. */
export const configFor = (wanted: Wanted, config: JsonObject): JsonObject => {
  const notes = textOrNull(config['notes']);
  return {
    name: wanted.name,
    version: config['version'] ?? 1,
    properties: { ...propertiesOf(config), ...destination(wanted), eventFilter: wanted.topics },
    advanced: asObject(config['advanced']),
    notes: notes === null || notes === noNotes ? '' : notes,
    credentials: credentialReferences(config),
  };
};

/** Parts of a configuration that two readings of it have differently, by name. Its version only says that it has. */
export const partsChanged = (before: JsonObject, after: JsonObject): readonly string[] => {
  const flat = ({ properties = {}, ...rest }: JsonObject): JsonObject => ({ ...rest, ...asObject(properties) });
  const [was, is] = [flat(before), flat(after)];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => key !== 'version').sort();
  return keys.filter((key) => canonicalJson(was[key] ?? null) !== canonicalJson(is[key] ?? null));
};
