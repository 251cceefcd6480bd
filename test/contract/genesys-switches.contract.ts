import { randomUUID } from 'node:crypto';
import type { SwitchName } from '../../localstack/embedded/genesys/unverified';
import { dayOf, detailsOf, idsOf, withEnd, withId, type AskGenesys, type Ended } from './genesys-asked';

/** How to see from outside which of its settings a switch is in. */
export interface Probe {
  /** Why it can be seen with a script only. */
  readonly needsScript?: string;
  /** The setting; null where what there is does not tell. */
  readonly see: (genesys: AskGenesys) => Promise<string | null>;
}

const ids = (count: number): readonly string[] => Array.from({ length: count }, () => randomUUID());
const refusals = [400, 413, 414];
const codeOf = (body: Record<string, unknown> | undefined): string => String(body?.['code']);

const ended = async (genesys: AskGenesys): Promise<readonly [Ended, Ended]> => {
  const [one, other] = await genesys.subject.ended(genesys);
  if (!one || !other) throw new Error('Expected two conversations of one day that are over. Use an organisation that has them.');
  return [one, other];
};

/** The first refusal of more and more ids. */
const refusalOfMany = async ({ get }: AskGenesys, counts: readonly number[]) => {
  for (const count of counts) {
    const answer = await get(detailsOf(...ids(count)));
    if (refusals.includes(answer.status)) return { count, answer };
  }
  return null;
};

const usedUp = 'the quota of a real client would be used up';

const overLimit = async ({ subject, get }: AskGenesys) => {
  subject.script!.control.limits({ requestsPerMinute: 0 });
  return get(detailsOf(randomUUID()));
};

const details: Record<
  'unknownIdInList' | 'malformedId' | 'mostIds' | 'tooManyIds' | 'listOrder' | 'absentFields' | 'notFoundBody',
  Probe
> = {
  unknownIdInList: {
    see: async (genesys) => {
      const [{ conversationId }] = await ended(genesys);
      return (await genesys.get(detailsOf(conversationId, randomUUID()))).status === 404 ? 'not-found' : 'left-out';
    },
  },
  malformedId: {
    see: async (genesys) => {
      const [{ conversationId }] = await ended(genesys);
      return (await genesys.get(detailsOf(conversationId, 'no-uuid'))).status === 400 ? 'refused' : 'unknown';
    },
  },
  mostIds: {
    see: async (genesys) => {
      const refused = await refusalOfMany(genesys, [21, 51, 101]);
      return refused === null ? 'more than 100' : String(refused.count - 1);
    },
  },
  tooManyIds: {
    see: async (genesys) => {
      const refused = await refusalOfMany(genesys, [101, 201]);
      if (!refused) return null;
      return refused.answer.status === 414 ? 'uri-too-long' : codeOf(refused.answer.body);
    },
  },
  listOrder: {
    see: async (genesys) => {
      const [one, other] = (await ended(genesys)).map(({ conversationId }) => conversationId);
      const there = idsOf(await genesys.get(detailsOf(one!, other!)));
      const back = idsOf(await genesys.get(detailsOf(other!, one!)));
      return there[0] === one && back[0] === other ? 'as-asked' : 'other';
    },
  },
  absentFields: {
    see: async (genesys) => {
      const [{ conversationId }] = await ended(genesys);
      return (await genesys.get(detailsOf(conversationId))).text.includes(':null') ? 'null' : 'left-out';
    },
  },
  notFoundBody: {
    see: async ({ get }) => {
      const { text } = await get(`/api/v2/analytics/conversations/${randomUUID()}/details`);
      return text === '' ? 'nothing' : 'error';
    },
  },
};

const queries: Record<'nothingFound' | 'intervalMeans' | 'pageOver100' | 'totalHits', Probe> = {
  nothingFound: {
    see: async (genesys) => {
      const [{ conversationStart }] = await ended(genesys);
      const conversationFilters = withId(randomUUID());
      const { body } = await genesys.query({ interval: dayOf(conversationStart), conversationFilters });
      return body?.['conversations'] === undefined ? 'left-out' : 'empty-list';
    },
  },
  intervalMeans: {
    see: async (genesys) => {
      const [{ conversationId, conversationStart, conversationEnd }] = await ended(genesys);
      const [, toDay = ''] = dayOf(conversationStart).split('/');
      const from = new Date(Date.parse(conversationEnd) + 60_000).toISOString();
      if (Date.parse(from) >= Date.parse(toDay)) return null;
      const found = await genesys.query({ interval: `${from}/${toDay}`, conversationFilters: withId(conversationId) });
      return idsOf(found).length === 1 ? 'day-of-start' : 'day-of-start-and-overlap';
    },
  },
  pageOver100: {
    see: async (genesys) => {
      const [{ conversationStart }] = await ended(genesys);
      genesys.subject.script?.control.conversations(ids(101).map((conversationId) => ({ conversationId, conversationStart })));
      const found = await genesys.query({ interval: dayOf(conversationStart), paging: { pageSize: 101, pageNumber: 1 } });
      if (found.status === 400) return 'refused';
      const { length } = idsOf(found);
      return length > 100 ? 'served' : length === 100 ? 'cut' : null;
    },
  },
  totalHits: {
    see: async (genesys) => {
      const [{ conversationStart }] = await ended(genesys);
      const query = { interval: dayOf(conversationStart), conversationFilters: withEnd };
      const found = await genesys.query({ ...query, paging: { pageSize: 100, pageNumber: 1 } });
      const { length } = idsOf(found);
      if (length === 100) return null;
      const difference = Number(found.body?.['totalHits']) - length;
      return difference === 0 ? 'equal' : difference > 0 ? 'more' : 'fewer';
    },
  },
};

const access: Record<'badToken' | 'expiredToken' | 'refusedClient' | 'missingPermission', Probe> = {
  badToken: { see: async ({ get }) => codeOf((await get(detailsOf(randomUUID()), randomUUID())).body) },
  expiredToken: {
    needsScript: 'time has to pass',
    see: async ({ subject, get, token }) => {
      subject.script!.control.limits({ tokenLifetimeSeconds: 300 });
      await token();
      subject.script!.advance(300_000);
      return codeOf((await get(detailsOf(randomUUID()))).body);
    },
  },
  refusedClient: { see: async ({ login }) => String((await login('no-such-secret')).status) },
  missingPermission: {
    needsScript: 'roles would have to be taken from the client',
    see: async ({ subject, get }) => {
      subject.script!.control.clients([{ ...subject.client, permissions: [] }]);
      return codeOf((await get(detailsOf(randomUUID()))).body);
    },
  },
};

const limits: Record<
  'limitBelongsTo' | 'limitWindow' | 'tooManyRequests' | 'retryAfter' | 'rateLimitReset' | 'tooLargeBody',
  Probe
> = {
  limitBelongsTo: {
    see: async ({ get, login }) => {
      const count = async (token?: string) =>
        Number((await get(detailsOf(randomUUID()), token)).headers.get('inin-ratelimit-count'));
      await count();
      const before = await count();
      const ofOther = await count(String((await login()).body?.['access_token']));
      return ofOther > before ? 'client' : 'token';
    },
  },
  limitWindow: {
    needsScript: 'nobody else may ask for a minute',
    see: async ({ get, subject }) => {
      // The minute of the clock is not full of itself.
      subject.script!.advance(10_000);
      return (await get(detailsOf(randomUUID()))).headers.get('inin-ratelimit-reset') === '60' ? 'first-request' : 'clock';
    },
  },
  tooManyRequests: { needsScript: usedUp, see: async (genesys) => codeOf((await overLimit(genesys)).body) },
  retryAfter: {
    needsScript: usedUp,
    see: async (genesys) => ((await overLimit(genesys)).headers.get('retry-after') === null ? 'text' : 'header'),
  },
  rateLimitReset: {
    see: async ({ get }) =>
      Number((await get(detailsOf(randomUUID()))).headers.get('inin-ratelimit-reset')) > 1_000_000_000 ? 'epoch' : 'seconds-left',
  },
  tooLargeBody: {
    see: async ({ query }) => codeOf((await query({ order: ' '.repeat(512_001) })).body),
  },
};

const changes = 'something would have to be changed';
const eventBridge = { name: 'x', integrationType: { id: 'amazon-eventbridge-source' } };

const others: Record<'patchAnswer' | 'staleVersion' | 'takenName' | 'noTranscript' | 'unknownIdInDirectory', Probe> = {
  patchAnswer: {
    needsScript: 'something would have to be changed',
    see: async ({ send }) => {
      const made = await send('POST', '/api/v2/integrations', {
        name: 'x',
        integrationType: { id: 'amazon-eventbridge-source' },
      });
      const path = `/api/v2/integrations/${String(made.body?.['id'])}`;
      const { status, text } = await send('PATCH', path, { intendedState: 'ENABLED' });
      return status === 204 ? 'no-content' : text === '' ? 'nothing' : 'json';
    },
  },
  staleVersion: {
    needsScript: changes,
    see: async ({ send }) => {
      const made = await send('POST', '/api/v2/integrations', eventBridge);
      const stale = { name: 'x', version: 7, properties: {}, advanced: {}, notes: '', credentials: {} };
      return String((await send('PUT', `/api/v2/integrations/${String(made.body?.['id'])}/config/current`, stale)).status);
    },
  },
  takenName: {
    needsScript: changes,
    see: async ({ send }) => {
      await send('POST', '/api/v2/integrations', eventBridge);
      return (await send('POST', '/api/v2/integrations', eventBridge)).status === 409 ? 'refused' : 'allowed';
    },
  },
  noTranscript: {
    see: async (genesys) => {
      const [{ conversationId }] = await ended(genesys);
      const base = '/api/v2/speechandtextanalytics/conversations';
      const { status } = await genesys.get(`${base}/${conversationId}/communications/${randomUUID()}/transcripturls`);
      return status === 404 ? 'not-found' : status === 200 ? 'empty-list' : `status ${status}`;
    },
  },
  unknownIdInDirectory: {
    see: async ({ get }) => {
      const { status } = await get(`/api/v2/routing/wrapupcodes?id=${randomUUID()}`);
      return status === 404 ? 'not-found' : status === 200 ? 'left-out' : `status ${status}`;
    },
  },
};

export const probes: Readonly<Record<SwitchName, Probe>> = { ...details, ...queries, ...access, ...limits, ...others };
