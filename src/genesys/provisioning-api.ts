import { isObject, textOrNull, type JsonObject } from '../core/json';
import { readAvailableTopics, type AvailableTopics } from '../core/registry/genesys/available-topics';
import type { Clock } from '../ports';
import type { GenesysClient } from './client';
import { GenesysFailedError } from './provisioning-errors';
import { askOnce, failure, isShortWait, patientAsk, type Ask, type Answered } from './provisioning-patience';
import { eventBridgeSource } from './provisioning-plan';

/*
 * The calls that set up an integration, as Genesys's SDKs and its Terraform provider make them
 * (MyPureCloud/terraform-provider-genesyscloud, genesyscloud/integration).
 */

/** An integration as it is listed. */
export interface Listed {
  readonly id: string;
  readonly name: string | null;
  readonly type: string | null;
  readonly intendedState: string | null;
  /** `ACTIVE`, `ACTIVATING`, `INACTIVE`, `DEACTIVATING`, `ERROR`. */
  readonly reportedState: string | null;
  /** Empty where the answer has none. */
  readonly properties: JsonObject;
}

/** Of a configuration that was sent. `turned-down`: as it stands, or because it replaces one that is not the current one. */
export type Configured = { readonly kind: 'done' | 'gone' } | { readonly kind: 'turned-down'; readonly why: string };

/** Rejects with GenesysFailedError where Genesys does not do it. What may be asked twice waits out a short "later". */
export interface ProvisioningApi {
  readonly organisationId: () => Promise<string>;
  /** What the organisation is offered. */
  readonly topics: () => Promise<AvailableTopics>;
  readonly list: () => Promise<readonly Listed[]>;
  /** Null: Genesys asked for a short wait, which is over, or says that there is one. Look before asking again. */
  readonly create: (name: string) => Promise<Listed | null>;
  /** This, and the two below: null or `gone` where the integration is not there. */
  readonly state: (id: string) => Promise<Listed | null>;
  readonly config: (id: string) => Promise<JsonObject | null>;
  readonly configure: (id: string, config: JsonObject) => Promise<Configured>;
  readonly enable: (id: string) => Promise<'done' | 'gone'>;
}

const base = '/api/v2/integrations';
const view = 'integrations:integration:view';
const edit = 'integrations:integration:edit';
const none = 'any permission (this call asks for none)';
const pageSize = 100;
const mostPages = 100;
const topicsPath = '/api/v2/notifications/availabletopics?expand=transports';

const inside = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);

const toListed = (entity: unknown): Listed | null => {
  const id = textOrNull(inside(entity, 'id'));
  if (id === null || !/^[\w.-]{1,100}$/.test(id)) return null;
  const properties = inside(entity, 'config', 'current', 'properties');
  return {
    id,
    name: textOrNull(inside(entity, 'name')),
    type: textOrNull(inside(entity, 'integrationType', 'id')),
    intendedState: textOrNull(inside(entity, 'intendedState')),
    reportedState: textOrNull(inside(entity, 'reportedState', 'code')),
    properties: isObject(properties) ? properties : {},
  };
};

const unexpected = (what: string): GenesysFailedError =>
  new GenesysFailedError(
    `Expected Genesys to answer with ${what}, came something else. Check that GENESYS_API_URL is its API host.`,
  );

const bodyOf = (toDo: string, answer: Answered): unknown => {
  if (answer.kind === 'ok') return answer.body;
  const host = answer.status === 404 ? '. Check that GENESYS_API_URL is the API host of Genesys Cloud' : '';
  throw failure(toDo, { ...answer, why: `${answer.why}${host}` });
};

/** Null: not there. */
const bodyOrNull = (toDo: string, answer: Answered): unknown =>
  answer.kind === 'unacceptable' && answer.status === 404 ? null : bodyOf(toDo, answer);

const listAll = async (ask: Ask): Promise<readonly Listed[]> => {
  const toDo = 'list the integrations';
  const all = new Map<string, Listed>();
  for (let page = 1; page <= mostPages; page++) {
    const params = { pageSize: String(pageSize), pageNumber: String(page), expand: 'config.current' };
    const body = bodyOf(toDo, await ask(toDo, { path: base, params, permission: view }));
    const entities = inside(body, 'entities') ?? [];
    if (!isObject(body) || !Array.isArray(entities)) throw unexpected('a list of integrations');
    // Pages shift while they are read.
    for (const each of entities.map(toListed)) if (each) all.set(each.id, each);
    const pageCount = body['pageCount'];
    if (entities.length === 0 || (typeof pageCount === 'number' && page >= pageCount)) break;
  }
  return [...all.values()];
};

const createOne = async (client: GenesysClient, clock: Pick<Clock, 'sleep'>, name: string): Promise<Listed | null> => {
  const toDo = `create the integration ${JSON.stringify(name)}`;
  const json = { name, integrationType: { id: eventBridgeSource } };
  const answer = await askOnce(client, { method: 'POST', path: base, json, permission: 'integrations:integration:add' });
  if (answer.kind === 'unavailable' && isShortWait(answer)) {
    await clock.sleep(answer.retryAfterMs);
    return null;
  }
  if (answer.kind === 'unavailable') {
    const failed = failure(toDo, answer);
    throw new GenesysFailedError(`${failed.message} It may have been made all the same: the next run looks first.`);
  }
  // Somebody else was quicker, where a name may be taken once only.
  if (answer.kind === 'unacceptable' && answer.status === 409) return null;
  if (answer.kind === 'refused') throw failure(toDo, answer);
  const made = toListed(bodyOf(toDo, answer));
  if (!made) throw unexpected('the integration that it created');
  return made;
};

const askOrganisation = async (ask: Ask): Promise<string> => {
  const toDo = 'say which organisation this is';
  const body = bodyOf(toDo, await ask(toDo, { path: '/api/v2/organizations/me', permission: none }));
  const id = textOrNull(inside(body, 'id'));
  if (id === null || !/^[\w-]{1,64}$/.test(id)) throw unexpected('an organisation and its id');
  return id;
};

export const provisioningApi = (client: GenesysClient, clock: Pick<Clock, 'sleep'>): ProvisioningApi => {
  const ask = patientAsk(client, clock);
  const single = (id: string): string => `${base}/${id}`;
  const configPath = (id: string): string => `${single(id)}/config/current`;
  const read = async (toDo: string, path: string, permission: string): Promise<unknown> =>
    bodyOrNull(toDo, await ask(toDo, { path, permission }));
  return {
    organisationId: () => askOrganisation(ask),
    topics: async () => {
      const toDo = 'list its notification topics';
      const topics = readAvailableTopics(bodyOf(toDo, await ask(toDo, { path: topicsPath, permission: none })));
      if (!topics) throw unexpected('its notification topics');
      return topics;
    },
    list: () => listAll(ask),
    create: (name) => createOne(client, clock, name),
    state: async (id) => toListed(await read(`show integration ${id}`, single(id), view)),
    config: async (id) => {
      const config = await read(`show the configuration of integration ${id}`, configPath(id), view);
      return isObject(config) ? config : null;
    },
    configure: async (id, json) => {
      const toDo = `configure integration ${id}`;
      const answer = await ask(toDo, { method: 'PUT', path: configPath(id), json, permission: edit });
      if (answer.kind === 'ok') return { kind: 'done' };
      return answer.status === 404 ? { kind: 'gone' } : { kind: 'turned-down', why: answer.why };
    },
    enable: async (id) => {
      const toDo = `enable integration ${id}`;
      const json = { intendedState: 'ENABLED' };
      const answer = await ask(toDo, { method: 'PATCH', path: single(id), json, permission: edit });
      return bodyOrNull(toDo, answer) === null && answer.kind !== 'ok' ? 'gone' : 'done';
    },
  };
};
