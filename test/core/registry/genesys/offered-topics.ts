import { isObject, type Json, type JsonObject } from '../../../../src/core/json';
import type { SchemaRegistry } from '../../../../src/core/schema-registry';

/* What Genesys would offer if it knew exactly what the registry knows, as it writes it. */

/** Models have an id, times may be anything, and nothing is required. */
export const asGenesysWrites = (schema: JsonObject, id: string): JsonObject => {
  const { type, properties, items, additionalProperties, enum: values } = schema;
  const inside = (one: Json | undefined, name: string): Json => (isObject(one) ? asGenesysWrites(one, `${id}${name}`) : {});
  return {
    ...(type === undefined ? { type: 'any' } : { type }),
    ...(type === 'integer' && { format: 'int64' }),
    ...(values !== undefined && { enum: values }),
    ...(items !== undefined && { items: inside(items, 'Item') }),
    ...(additionalProperties !== undefined && { additionalProperties: inside(additionalProperties, 'Value') }),
    ...(isObject(properties) && {
      id: `urn:jsonschema:v2:${id}`,
      properties: Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, inside(one, key)])),
    }),
  };
};

export type OfferedTopic = JsonObject & { readonly id: string };

export const offeredTopics = (registry: SchemaRegistry): readonly OfferedTopic[] =>
  registry.eventSubjects
    .filter(({ format }) => format === 'genesys')
    .map(({ name, subject }) => ({
      id: name,
      description: 'A topic.',
      transports: ['All'],
      schema: asGenesysWrites(registry.versionsOf(subject).at(-1) ?? {}, subject),
    }));
