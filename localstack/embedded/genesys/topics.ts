import type { Answer } from './errors';

/** A notification topic as `availabletopics` lists it: `id` is the template, `schema` that of the event body. */
export interface Topic {
  readonly id: string;
  readonly [field: string]: unknown;
}

const expandable = [
  'description',
  'enforced',
  'schema',
  'visibility',
  'transports',
  'publicApiTemplateUriPaths',
  'requiresPermissions',
  'permissionDetails',
  'topicParameters',
];

/**
 * A topic has only what it was asked to be expanded with. Unverified: that nothing else comes unasked, and that a list with commas is
 * not understood (clients repeat the parameter).
 */
export const availableTopics = (topics: readonly Topic[], query: URLSearchParams): Answer => {
  const wanted = query.getAll('expand').filter((field) => expandable.includes(field));
  const expand = (topic: Topic): Topic => ({
    id: topic.id,
    ...Object.fromEntries(wanted.filter((field) => Object.hasOwn(topic, field)).map((field) => [field, topic[field]])),
  });
  return { status: 200, body: { entities: topics.map(expand) } };
};
