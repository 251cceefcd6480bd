import type { Analytics } from './analytics';
import { detailRoutes } from './details';
import { directoryRoutes } from './directory';
import { apiError, type Answer } from './errors';
import { eventStreamRoutes } from './event-streams';
import { eventSubscriptionRoutes } from './event-subscriptions';
import { integrationRoutes } from './integrations';
import { liveConversationRoutes } from './live-conversation';
import type { Question, Route } from './question';
import { sentimentRoutes } from './sentiment';
import type { State } from './state';
import { defaultPermissions, type Client } from './clients';
import { topicRoutes } from './topics';
import { transcriptRoutes } from './transcripts';

/** What the calls of the API answer from. */
export interface Behind {
  readonly analytics: Analytics;
  readonly state: State;
  readonly nowMs: () => number;
}

/** Every call that there is; the first that fits is asked. */
export const createRoutes = (behind: Behind): readonly Route[] => [
  ...topicRoutes(behind),
  ...detailRoutes(behind),
  ...liveConversationRoutes(behind),
  ...sentimentRoutes(behind),
  ...transcriptRoutes(behind),
  ...directoryRoutes(behind),
  ...integrationRoutes(behind),
  ...eventStreamRoutes(behind),
  ...eventSubscriptionRoutes(behind),
];

const notFound = (): Answer => apiError('not.found', 'The requested resource was not found.');

const forbidden = (permissions: readonly string[], code: State['switches']['missingPermission']): Answer => {
  if (code === 'not.authorized') return apiError(code, 'You are not authorized to perform the requested action.');
  const lacks =
    code === 'missing.permissions'
      ? 'You are missing the following permission(s)'
      : 'You must have at least one of the following permissions assigned';
  return apiError(code, `Unable to perform the requested action. ${lacks}: {permissions}`, {
    params: { permissions: `[${permissions.join(', ')}]` },
  });
};

const find = (routes: readonly Route[], { method, url }: Question) => {
  for (const route of routes) {
    const found = method === route.method ? route.path.exec(url.pathname) : null;
    if (found) return { route, groups: found.slice(1).map((group) => decodeURIComponent(group)) };
  }
  return null;
};

/** What needs no client; null for all else. */
export const askOpen = (routes: readonly Route[], question: Question): Answer | null => {
  const found = find(routes, question);
  return found?.route.isOpen ? found.route.answer(question, ...found.groups) : null;
};

const withoutBody = ({ headers }: Answer, status: number): Answer => ({ status, ...(headers && { headers }) });

/** How a 404 and a PATCH are answered is not known. */
const asSwitched = (method: string, answer: Answer, { notFoundBody, patchAnswer }: State['switches']): Answer => {
  if (answer.status === 404 && notFoundBody === 'nothing') return withoutBody(answer, 404);
  if (method !== 'PATCH' || answer.status !== 200 || patchAnswer === 'json') return answer;
  return withoutBody(answer, patchAnswer === 'nothing' ? 200 : 204);
};

/** What a client that is known may ask is answered, all else refused as Genesys refuses it. */
export const ask = (routes: readonly Route[], client: Client, question: Question, { switches }: State): Answer => {
  const found = find(routes, question);
  if (!found) return asSwitched(question.method, notFound(), switches);
  const { permissions, allPermissions = [], answer } = found.route;
  const granted = client.permissions ?? defaultPermissions;
  const has = (permission: string): boolean => granted.includes(permission);
  if (permissions.length > 0 && !permissions.some(has)) return forbidden(permissions, switches.missingPermission);
  if (!allPermissions.every(has))
    return forbidden(
      allPermissions.filter((permission) => !has(permission)),
      switches.missingPermission === 'not.authorized' ? 'not.authorized' : 'missing.permissions',
    );
  return asSwitched(question.method, answer(question, ...found.groups), switches);
};
