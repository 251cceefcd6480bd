import type { Analytics } from './analytics';
import { detailRoutes } from './details';
import { apiError, type Answer } from './errors';
import type { Limits } from './limits';
import type { Question, Route } from './question';
import { defaultPermissions, type Client } from './tokens';
import { topicRoutes, type Topic } from './topics';

/** What the calls of the API answer from. */
export interface Behind {
  readonly analytics: Analytics;
  readonly state: { readonly limits: Limits; readonly topics: readonly Topic[] };
}

/** Every call that there is; the first that fits is asked. */
export const createRoutes = (behind: Behind): readonly Route[] => [...topicRoutes(behind), ...detailRoutes(behind)];

const forbidden = (permissions: readonly string[]): Answer =>
  apiError(
    'missing.any.permissions',
    'Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}',
    { params: { permissions: `[${permissions.join(', ')}]` } },
  );

/** What a client that is known may ask is answered, all else refused as Genesys refuses it. */
export const ask = (routes: readonly Route[], client: Client, question: Question): Answer => {
  for (const { method, path, permissions, answer } of routes) {
    const found = method === question.method ? path.exec(question.url.pathname) : null;
    if (!found) continue;
    const granted = client.permissions ?? defaultPermissions;
    const may = permissions.length === 0 || permissions.some((permission) => granted.includes(permission));
    return may ? answer(question, ...found.slice(1).map((group) => decodeURIComponent(group))) : forbidden(permissions);
  }
  return apiError('not.found', 'The requested resource was not found.');
};
