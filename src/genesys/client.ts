import type { BudgetAsk, Refused, Unavailable } from '../core/genesys-answers';
import { isObject, type JsonObject } from '../core/json';
import type { Clock, CredentialSource, RequestBudget } from '../ports';
import { createHttp, type HttpOutside, type HttpSettings, type Reply } from './http';
import { createTokenSource, defaultRetryAfterMs, type TokenSettings } from './token';

export type ApiAnswer =
  /** `body`: the JSON that came, an object or a list; undefined where nothing came with a 2xx. */
  | { readonly kind: 'ok'; readonly status: number; readonly body: unknown }
  /** This request as it stands: too many ids, one that is none, an answer too large, something there already. */
  | { readonly kind: 'unacceptable'; readonly status: number | null; readonly code: string | null; readonly why: string }
  | Refused
  | Unavailable;

export interface ApiRequest extends BudgetAsk {
  /** Default GET. Only a GET is tried again by itself. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly json?: JsonObject;
  /** What the client's roles must grant; told to whoever reads the refusal. */
  readonly permission: string;
}

/** The platform API, as one OAuth client sees it. Never rejects for what Genesys says. */
export interface GenesysClient {
  readonly send: (request: ApiRequest) => Promise<ApiAnswer>;
}

export interface GenesysSettings extends TokenSettings, HttpSettings {
  readonly apiUrl: string;
}

export interface GenesysOutside extends HttpOutside {
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly credentials: CredentialSource;
  /** Null: nobody counts, as in a command that a person runs. */
  readonly budget: RequestBudget | null;
}

const unacceptable: ReadonlySet<number | null> = new Set([400, 404, 409, 413, 414]);
/** Genesys answers some changes with nothing at all. */
const isJson = (body: unknown): boolean =>
  isObject(body) || Array.isArray(body) || body === undefined || body === '' || body === null;
const isLater = ({ status }: Reply): boolean => status === null || status === 408 || status === 429 || status >= 500;

/** Who asked where: told to whoever reads a refusal. */
interface Asked {
  readonly apiUrl: string;
  readonly clientId: string;
}

const judge = (reply: Reply, permission: string, { apiUrl, clientId }: Asked): ApiAnswer => {
  const came = `${apiUrl} answered ${reply.status ?? 'nothing'} ${reply.code ?? ''}`.trim();
  const retryAfterMs = reply.askedMs ?? defaultRetryAfterMs;
  if (reply.status !== null && reply.status >= 200 && reply.status < 300)
    return isJson(reply.body)
      ? { kind: 'ok', status: reply.status, body: reply.body }
      : { kind: 'unavailable', why: `expected JSON, ${came} with something else`, retryAfterMs };
  if (reply.isTooLarge || unacceptable.has(reply.status))
    return { kind: 'unacceptable', status: reply.status, code: reply.code, why: came };
  if (isLater(reply)) return { kind: 'unavailable', why: came, retryAfterMs };
  return reply.status === 403
    ? {
        kind: 'refused',
        why: `${came}. Give OAuth client ${clientId} a role with ${permission}, for all divisions it is to see`,
      }
    : { kind: 'refused', why: `${came}. Check that this is the API host of the organisation's region` };
};

export const createGenesysClient = (settings: GenesysSettings, outside: GenesysOutside): GenesysClient => {
  const { apiUrl } = settings;
  const send = createHttp(settings, outside);
  const tokens = createTokenSource(settings, send, outside);

  const ask = ({ method = 'GET', path, params, json }: ApiRequest, token: string): Promise<Reply> =>
    send({
      method,
      url: `${apiUrl}${path}`,
      headers: { Authorization: `Bearer ${token}` },
      ...(params && { params }),
      ...(json && { json }),
    });

  return {
    send: async (request) => {
      const token = await tokens.current();
      if (token.kind !== 'token') return token;
      const reply = await ask(request, token.value);
      if (reply.status !== 401) return judge(reply, request.permission, { apiUrl, clientId: token.clientId });
      const renewed = await tokens.renew(token.value);
      if (renewed.kind !== 'token') return renewed;
      const second = await ask(request, renewed.value);
      if (second.status !== 401) return judge(second, request.permission, { apiUrl, clientId: renewed.clientId });
      return tokens.refuse(
        `${apiUrl} turned down a fresh token from ${settings.loginUrl} for OAuth client ${renewed.clientId}. Check that both hosts are of one region and that the client is active`,
      );
    },
  };
};
