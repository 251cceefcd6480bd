import type { Answer } from './errors';
import type { Route } from './question';

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
const availableTopics = (topics: readonly Topic[], query: URLSearchParams): Answer => {
  const wanted = query.getAll('expand').filter((field) => expandable.includes(field));
  const expand = (topic: Topic): Topic => ({
    id: topic.id,
    ...Object.fromEntries(wanted.filter((field) => Object.hasOwn(topic, field)).map((field) => [field, topic[field]])),
  });
  return { status: 200, body: { entities: topics.map(expand) } };
};

/** Any client may ask for topics. */
export const topicRoutes = ({ state }: { readonly state: { readonly topics: readonly Topic[] } }): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/api\/v2\/notifications\/availabletopics$/,
    permissions: [],
    answer: ({ url }) => availableTopics(state.topics, url.searchParams),
  },
];
