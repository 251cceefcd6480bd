import { randomUUID } from 'node:crypto';
import { apiError, type Answer } from './errors';
import type { Integration, IntegrationConfig, Organisation } from './organisation';
import type { Question, Route } from './question';
import type { Switches } from './unverified';

/*
 * Integrations as Genesys's SDKs and its Terraform provider describe them. Unverified: that a new one is disabled and has version 1,
 * which of the properties are checked, that a page holds 100 at most, and what the organisation can be set to do either way.
 */

const base = '/api/v2/integrations';
const view = ['integrations:integration:view'];
const edit = ['integrations:integration:edit'];

const notFound = (): Answer => apiError('not.found', 'Unable to find an integration with the specified ID.');
const bad = (message: string): Answer => apiError('bad.request', message);

const configOf = ({ id, name, config }: Integration) => ({ id, name, ...config, selfUri: `${base}/${id}/config/current` });

const shown = (integration: Integration, isExpanded: boolean) => ({
  id: integration.id,
  name: integration.name,
  integrationType: { id: integration.type, name: integration.type, selfUri: `${base}/types/${integration.type}` },
  intendedState: integration.intendedState,
  reportedState: { code: integration.reportedState },
  ...(isExpanded && { config: { current: configOf(integration) } }),
  selfUri: `${base}/${integration.id}`,
});

const wholeNumber = (text: string | null, otherwise: number): number => {
  const value = /^\d{1,6}$/.test(text ?? '') ? Number(text) : otherwise;
  return Math.max(1, value);
};

const list = ({ integrations }: Organisation, { searchParams }: URL): Answer => {
  const pageSize = Math.min(100, wholeNumber(searchParams.get('pageSize'), 25));
  const pageNumber = wholeNumber(searchParams.get('pageNumber'), 1);
  const pageCount = Math.ceil(integrations.length / pageSize);
  const isExpanded = searchParams.getAll('expand').includes('config.current');
  const page = integrations.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  const next = pageNumber < pageCount ? { nextUri: `${base}?pageSize=${pageSize}&pageNumber=${pageNumber + 1}` } : {};
  const entities = page.map((integration) => shown(integration, isExpanded));
  return { status: 200, body: { entities, pageSize, pageNumber, total: integrations.length, pageCount, ...next } };
};

const parsed = (body: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

const create = ({ integrations }: Organisation, body: string, takenName: Switches['takenName']): Answer => {
  const { name, integrationType } = parsed(body) ?? {};
  const type = (integrationType as { readonly id?: unknown } | undefined)?.id;
  if (typeof type !== 'string') return bad('integrationType.id is required');
  if (takenName === 'refused' && integrations.some((each) => each.name === name))
    return apiError('bad.request', 'An integration of that name exists.', { status: 409 });
  const config: IntegrationConfig = { version: 1, properties: {}, advanced: {}, notes: '', credentials: {} };
  const states = { intendedState: 'DISABLED', reportedState: 'INACTIVE' } as const;
  const made: Integration = { id: randomUUID(), name: typeof name === 'string' ? name : type, type, ...states, config };
  integrations.push(made);
  return { status: 200, body: shown(made, false) };
};

const properties: Readonly<Record<string, (value: unknown) => boolean>> = {
  eventSourceSuffix: (value) => typeof value === 'string' && /^[\w.-]{1,64}$/.test(value),
  awsAccountId: (value) => typeof value === 'string' && /^\d{12}$/.test(value),
  awsAccountRegion: (value) => typeof value === 'string' && /^[a-z]+(-[a-z]+)+-\d$/.test(value),
  eventFilter: (value) => Array.isArray(value) && value.every((topic) => typeof topic === 'string' && topic.startsWith('v2.')),
};

const wrongProperty = (type: string, given: object): string | undefined =>
  type === 'amazon-eventbridge-source'
    ? Object.keys(properties).find((name) => !properties[name]?.((given as Record<string, unknown>)[name]))
    : undefined;

const configure = (integration: Integration, body: string, staleVersion: Switches['staleVersion']): Answer => {
  const given = parsed(body) ?? {};
  for (const name of ['name', 'version', 'properties', 'advanced', 'notes', 'credentials'])
    if (given[name] === undefined || given[name] === null) return bad(`${name} is required`);
  const asked = given as unknown as IntegrationConfig & { readonly name: string };
  if (asked.version !== integration.config.version)
    return apiError('bad.request', 'The version does not match the current version.', {
      status: Number(staleVersion),
    });
  const wrong = wrongProperty(integration.type, asked.properties);
  if (wrong !== undefined) return bad(`${wrong} is invalid`);
  integration.name = asked.name;
  const { properties: set, advanced, notes, credentials } = asked;
  integration.config = { version: asked.version + 1, properties: set, advanced, notes, credentials };
  return { status: 200, body: configOf(integration) };
};

const change = (integration: Integration, body: string): Answer => {
  const { intendedState } = parsed(body) ?? {};
  if (intendedState !== 'ENABLED' && intendedState !== 'DISABLED') return bad('intendedState is invalid');
  integration.intendedState = intendedState;
  integration.reportedState = intendedState === 'ENABLED' ? 'ACTIVE' : 'INACTIVE';
  return { status: 200, body: shown(integration, false) };
};

type About = (integration: Integration, question: Question) => Answer;

interface Stated {
  readonly organisation: Organisation;
  readonly switches: Switches;
}

/** The organisation itself, and its integrations. */
export const integrationRoutes = ({ state }: { readonly state: Stated }): readonly Route[] => {
  const organisation = (): Organisation => state.organisation;
  const withHooks =
    (answer: Route['answer']): Route['answer'] =>
    (question, ...groups) => {
      organisation().before?.(question);
      const answered = answer(question, ...groups);
      organisation().after?.(question);
      return answered;
    };
  const one =
    (about: About): Route['answer'] =>
    (question, id) => {
      const integration = organisation().integrations.find((each) => each.id === id);
      return integration ? about(integration, question) : notFound();
    };
  const all = new RegExp(`^${base}$`);
  const single = new RegExp(`^${base}/([^/]+)$`);
  const config = new RegExp(`^${base}/([^/]+)/config/current$`);
  const me = /^\/api\/v2\/organizations\/me$/;
  const routes: readonly Route[] = [
    {
      method: 'GET',
      path: me,
      permissions: [],
      answer: () => ({ status: 200, body: { id: organisation().id, name: 'Some organisation' } }),
    },
    { method: 'GET', path: all, permissions: view, answer: ({ url }) => list(organisation(), url) },
    {
      method: 'POST',
      path: all,
      permissions: ['integrations:integration:add'],
      answer: ({ body }) => create(organisation(), body, state.switches.takenName),
    },
    { method: 'GET', path: single, permissions: view, answer: one((each) => ({ status: 200, body: shown(each, false) })) },
    { method: 'PATCH', path: single, permissions: edit, answer: one((each, { body }) => change(each, body)) },
    { method: 'GET', path: config, permissions: view, answer: one((each) => ({ status: 200, body: configOf(each) })) },
    {
      method: 'PUT',
      path: config,
      permissions: edit,
      answer: one((each, { body }) => configure(each, body, state.switches.staleVersion)),
    },
  ];
  return routes.map((route) => ({ ...route, answer: withHooks(route.answer) }));
};
