import type { BudgetAsk, GenesysResource, Refused, Unavailable } from '../core/genesys-answers';
import { isObject, type JsonObject } from '../core/json';
import type { Clock, CredentialSource } from '../ports';
import { createGate, type GateOutside } from './gate';
import { createHttp, type HttpOutside, type HttpSettings, type Send } from './http';
import { permissionsNamed } from './permissions';
import { defaultRetryAfterMs, type Reply } from './reply';
import { createTokenSource, type TokenSettings } from './token';

export type ApiAnswer =
  /** `body`: the JSON that came, an object or a list; undefined where nothing came with a 2xx. */
  | { readonly kind: 'ok'; readonly status: number; readonly body: unknown }
  /** This request as it stands: too many ids, one that is none, an answer too large, something there already. */
  | { readonly kind: 'unacceptable'; readonly status: number | null; readonly code: string | null; readonly why: string }
  | Refused
  | Unavailable;

export interface ApiRequest extends BudgetAsk {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly json?: JsonObject;
  /** What the client's roles must grant; told to whoever reads the refusal. */
  readonly permission: string;
  /** For what only reads without being a GET: it is tried again by itself, as a GET is. */
  readonly onlyReads?: true;
  /** When the answer must be there, on the monotonic clock. Default: after the timeout. */
  readonly endsAtMs?: number;
}

/** The platform API, as one OAuth client sees it. Never rejects for what Genesys says. */
export interface GenesysClient {
  readonly send: (request: ApiRequest) => Promise<ApiAnswer>;
}

export interface GenesysSettings extends TokenSettings, HttpSettings {
  readonly apiUrl: string;
}

export interface GenesysOutside extends HttpOutside, GateOutside {
  readonly credentials: CredentialSource;
}

const unacceptable: ReadonlySet<number | null> = new Set([400, 404, 409, 413, 414]);
const isLater = ({ status }: Reply): boolean => status === null || status === 408 || status === 429 || status >= 500;
const ofOneConversation: ReadonlySet<GenesysResource> = new Set(['conversation', 'transcript', 'sentiment']);
/** The role lacks it, whatever is asked for; any other 403 may be about the one conversation. */
const isRoleLacking = ({ status, code }: Reply, { resource }: ApiRequest): boolean =>
  status === 403 && (code === 'missing.permissions' || code === 'missing.any.permissions' || !ofOneConversation.has(resource));

/** How long a missing permission is taken to be missing still: somebody has to change a role first. */
const missingMs = 60_000;

/** Who asked where: told to whoever reads a refusal. */
interface Asked {
  readonly apiUrl: string;
  readonly clientId: string;
  readonly request: ApiRequest;
}

/** Genesys answers some changes with nothing at all; a question, never. */
const judgeBody = ({ status, body }: Reply, method: ApiRequest['method']): 'json' | 'nothing' | 'else' => {
  if (isObject(body) || Array.isArray(body)) return 'json';
  const isEmpty = body === undefined || body === '' || body === null;
  return isEmpty && (status === 204 || (method ?? 'GET') !== 'GET') ? 'nothing' : 'else';
};

const refusal = (reply: Reply, came: string, { clientId, request }: Asked): Refused => {
  if (reply.status !== 403)
    return { kind: 'refused', why: `${came}. Check that this is the API host of the organisation's region` };
  const named = permissionsNamed(reply.body);
  const missing = named.length === 0 ? request.permission : named.join(reply.code === 'missing.any.permissions' ? ' or ' : ', ');
  return {
    kind: 'refused',
    why: `${came}. Give OAuth client ${clientId} a role with ${missing}, for all divisions it is to see`,
  };
};

const judge = (reply: Reply, asked: Asked): ApiAnswer => {
  const { status, code } = reply;
  const came = `${asked.apiUrl} answered ${status ?? 'nothing'} ${code ?? ''}`.trim();
  const retryAfterMs = reply.askedMs ?? defaultRetryAfterMs;
  if (status !== null && status >= 200 && status < 300) {
    const body = judgeBody(reply, asked.request.method);
    return body === 'else'
      ? {
          kind: 'unavailable',
          why: `expected JSON, ${came} with something else. If it goes on so, check that this is the API host`,
          retryAfterMs,
        }
      : { kind: 'ok', status, body: body === 'nothing' ? undefined : reply.body };
  }
  if (reply.isTooLarge || unacceptable.has(status)) return { kind: 'unacceptable', status, code, why: came };
  if (!isLater(reply)) return refusal(reply, came, asked);
  return { kind: 'unavailable', why: came, retryAfterMs, ...(status === 429 && { isThrottle: true }) };
};

/** Refusals that stand for a while, by the permission that is missing: asking on would cost quota and change nothing. */
const createRefusals = (clock: Pick<Clock, 'monotonicMs'>) => {
  const standing = new Map<string, { readonly refusal: Refused; readonly untilMs: number }>();
  return {
    of: ({ permission }: ApiRequest): Refused | null => {
      const found = standing.get(permission);
      return found && clock.monotonicMs() < found.untilMs ? found.refusal : null;
    },
    remember: ({ permission }: ApiRequest, refused: Refused): void => {
      standing.set(permission, { refusal: refused, untilMs: clock.monotonicMs() + missingMs });
    },
  };
};

interface Bearer {
  readonly value: string;
  readonly clientId: string;
}

/** One request with one token, as often as it may be sent; null: the token was turned down. */
const createAsk = ({ apiUrl }: GenesysSettings, send: Send, outside: GenesysOutside) => {
  const gate = createGate(outside);
  const refusals = createRefusals(outside.clock);

  return async (request: ApiRequest, { value, clientId }: Bearer, endsAtMs: number): Promise<ApiAnswer | null> => {
    const held = refusals.of(request) ?? (await gate.pass(request, endsAtMs));
    if (held) return held;
    const { method = 'GET', path, params, json, onlyReads } = request;
    const reply = await send({
      method,
      url: `${apiUrl}${path}`,
      headers: { Authorization: `Bearer ${value}` },
      ...(params && { params }),
      ...(json && { json }),
      endsAtMs,
      mayRepeat: async (soFar) => {
        await gate.learn(request, soFar);
        return (method === 'GET' || onlyReads === true) && (await gate.pass(request, endsAtMs)) === null;
      },
    });
    await gate.learn(request, reply);
    if (reply.status === 401) return null;
    const answer = judge(reply, { apiUrl, clientId, request });
    if (answer.kind === 'refused' && isRoleLacking(reply, request)) refusals.remember(request, answer);
    return answer;
  };
};

export const createGenesysClient = (settings: GenesysSettings, outside: GenesysOutside): GenesysClient => {
  const { apiUrl, loginUrl } = settings;
  const send = createHttp(settings, outside);
  const tokens = createTokenSource(settings, send, outside);
  const ask = createAsk(settings, send, outside);

  return {
    send: async (request) => {
      const endsAtMs = request.endsAtMs ?? outside.clock.monotonicMs() + settings.timeoutMs;
      const token = await tokens.current();
      if (token.kind !== 'token') return token;
      const answer = await ask(request, token, endsAtMs);
      if (answer) return answer;
      const renewed = await tokens.renew(token.value);
      if (renewed.kind !== 'token') return renewed;
      const second = await ask(request, renewed, endsAtMs);
      if (second) return second;
      return tokens.refuse(
        `${apiUrl} turned down a fresh token from ${loginUrl} for OAuth client ${renewed.clientId}. The region may be wrong: check that both hosts are of the organisation's, and that the client is active`,
      );
    },
  };
};
