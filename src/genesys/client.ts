import { isObject, type JsonObject } from '../core/json';
import type { Clock } from '../ports';
import { createHttp, type HttpOutside, type HttpSettings, type Reply } from './http';
import { createTokenSource, defaultRetryAfterMs, type Refused, type TokenSettings, type Unavailable } from './token';

export type ApiAnswer =
  | { readonly kind: 'ok'; readonly body: JsonObject }
  /** This request as it stands: too many ids, one that is none, an answer too large. A smaller one may do. */
  | { readonly kind: 'unacceptable'; readonly status: number | null; readonly why: string }
  | Refused
  | Unavailable;

export interface ApiRequest {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** What the client's roles must grant; told to whoever reads the refusal. */
  readonly permission: string;
}

/** The platform API, as one OAuth client sees it. Never rejects for what Genesys says. */
export interface GenesysClient {
  readonly get: (request: ApiRequest) => Promise<ApiAnswer>;
}

export interface GenesysSettings extends TokenSettings, HttpSettings {
  readonly apiUrl: string;
}

export type GenesysOutside = HttpOutside & { readonly clock: Pick<Clock, 'monotonicMs'> };

const unacceptable: ReadonlySet<number | null> = new Set([400, 404, 413, 414]);
const isLater = ({ status }: Reply): boolean => status === null || status === 408 || status === 429 || status >= 500;

export const createGenesysClient = (settings: GenesysSettings, outside: GenesysOutside): GenesysClient => {
  const { apiUrl, clientId } = settings;
  const send = createHttp(settings, outside);
  const tokens = createTokenSource(settings, send, outside.clock);

  const ask = ({ path, params }: ApiRequest, token: string): Promise<Reply> =>
    send({ method: 'GET', url: `${apiUrl}${path}`, params, headers: { Authorization: `Bearer ${token}` } });

  const judge = (reply: Reply, { permission }: ApiRequest): ApiAnswer => {
    const came = `${apiUrl} answered ${reply.status ?? 'nothing'} ${reply.code ?? ''}`.trim();
    const retryAfterMs = reply.askedMs ?? defaultRetryAfterMs;
    if (reply.status === 200)
      return isObject(reply.body)
        ? { kind: 'ok', body: reply.body }
        : { kind: 'unavailable', why: `expected a JSON object, ${came} with something else`, retryAfterMs };
    if (reply.isTooLarge || unacceptable.has(reply.status)) return { kind: 'unacceptable', status: reply.status, why: came };
    if (isLater(reply)) return { kind: 'unavailable', why: came, retryAfterMs };
    return reply.status === 403
      ? {
          kind: 'refused',
          why: `${came}. Give OAuth client ${clientId} a role with ${permission}, for all divisions it is to see`,
        }
      : { kind: 'refused', why: `${came}. Check that this is the API host of the organisation's region` };
  };

  return {
    get: async (request) => {
      const token = await tokens.current();
      if (token.kind !== 'token') return token;
      const reply = await ask(request, token.value);
      if (reply.status !== 401) return judge(reply, request);
      const renewed = await tokens.renew(token.value);
      if (renewed.kind !== 'token') return renewed;
      const second = await ask(request, renewed.value);
      if (second.status !== 401) return judge(second, request);
      return tokens.refuse(
        `${apiUrl} turned down a fresh token from ${settings.loginUrl} for OAuth client ${clientId}. Check that both hosts are of one region and that the client is active`,
      );
    },
  };
};
