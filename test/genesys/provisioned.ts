import { anOrganisation, type Integration, type Organisation } from '../../localstack/embedded/genesys/organisation';
import type { Question } from '../../localstack/embedded/genesys/question';
import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from '../../localstack/embedded/genesys/server';
import { createGenesysClient } from '../../src/genesys/client';
import { carryOut, look } from '../../src/genesys/provisioning';
import { provisioningApi } from '../../src/genesys/provisioning-api';
import { eventBridgeSource, type Wanted } from '../../src/genesys/provisioning-plan';
import { anOutside } from './outside';

/* A Genesys with an organisation, and one who sets it up. */

export const administrator = {
  id: 'client-1',
  secret: 'canary-secret-8813',
  permissions: ['integrations:integration:view', 'integrations:integration:add', 'integrations:integration:edit'],
};

export const wanted: Wanted = {
  name: 'tidemark',
  suffix: 'tidemark',
  accountId: '123456789012',
  region: 'eu-central-1',
  topics: ['v2.detail.events.conversation.{id}.acd.end', 'v2.detail.events.conversation.{id}.customer.end'],
};

export const anIntegration = (parts: Partial<Integration> = {}): Integration => ({
  id: 'f3b1c6a2-0000-4000-8000-000000000001',
  name: wanted.name,
  type: eventBridgeSource,
  intendedState: 'DISABLED',
  reportedState: 'INACTIVE',
  config: { version: 1, properties: {}, advanced: {}, notes: '', credentials: {} },
  ...parts,
});

/** As a run leaves it. */
export const asWanted = (parts: Partial<Integration> = {}): Integration =>
  anIntegration({
    intendedState: 'ENABLED',
    reportedState: 'ACTIVE',
    config: {
      version: 4,
      properties: {
        awsAccountId: wanted.accountId,
        awsAccountRegion: wanted.region,
        eventSourceSuffix: wanted.suffix,
        eventFilter: [...wanted.topics],
      },
      advanced: {},
      notes: '',
      credentials: {},
    },
    ...parts,
  });

export const isWrite = ({ method, url }: { readonly method: string; readonly url: URL | string }): boolean =>
  method !== 'GET' && !String(url).includes('/oauth/');

/** Does something once, at the first question that fits. */
export const once = (fits: (question: Question) => boolean, doIt: () => void): ((question: Question) => void) => {
  let isDone = false;
  return (question) => {
    if (isDone || !fits(question)) return;
    isDone = true;
    doIt();
  };
};

export const is =
  (method: string, end: string) =>
  (question: Question): boolean =>
    question.method === method && question.url.pathname.endsWith(end);

/** What a test starts ends with it. */
const started: FakeGenesys[] = [];
afterEach(() => Promise.all(started.splice(0).map((genesys) => genesys.close())));

export const start = async (organisation: Organisation = anOrganisation(), options: Partial<FakeGenesysOptions> = {}) => {
  const { outside, clock, lines } = anOutside(administrator.id, administrator.secret);
  const genesys = await startFakeGenesys({ clients: [administrator], organisation, nowMs: clock.nowMs, ...options });
  started.push(genesys);
  const slept: number[] = [];
  const announced: string[] = [];
  // Whoever waits is not kept waiting, and Genesys's minutes pass meanwhile.
  const waiting = {
    sleep: async (ms: number): Promise<void> => {
      slept.push(ms);
      await clock.advance(ms);
    },
  };
  const hosts = { apiUrl: genesys.url, loginUrl: genesys.url };
  const client = createGenesysClient({ ...hosts, timeoutMs: 10_000, retryDelayMs: () => 0 }, outside);
  const api = provisioningApi(client, waiting);
  const doing = { api, clock: waiting, announce: (text: string) => void announced.push(text) };
  const writes = () =>
    genesys.control
      .requests()
      .filter(isWrite)
      .map(({ method, url, status }) => `${method} ${url.replace(/[0-9a-f-]{36}/, '<id>')} ${status}`);
  return {
    ...{ genesys, organisation, client, api, slept, announced, lines, writes },
    look: (asked: Wanted = wanted, mayMove = false) => look(api, asked, mayMove),
    provision: async (asked: Wanted = wanted, mayMove = false) => {
      const found = await look(api, asked, mayMove);
      return found.changes.length === 0 ? null : carryOut({ ...doing, wanted: asked, mayMove }, found);
    },
  };
};
