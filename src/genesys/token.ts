import { isObject, textOrNull } from '../core/json';
import type { Credentials, Refused, Unavailable } from '../core/genesys-answers';
import type { Clock, CredentialSource } from '../ports';
import type { Send } from './http';
import { defaultRetryAfterMs, type Reply } from './reply';

export type TokenAnswer = { readonly kind: 'token'; readonly value: string; readonly clientId: string } | Refused | Unavailable;

export interface TokenSettings {
  readonly loginUrl: string;
  /** For one call of the API: a token for it may take a third of that on top. */
  readonly timeoutMs: number;
}

export interface TokenSource {
  /** A token that is good for a while yet. Many callers share one request. */
  readonly current: () => Promise<TokenAnswer>;
  /** A token other than the one that was turned down. */
  readonly renew: (turnedDown: string) => Promise<TokenAnswer>;
  /** Gives this answer to everybody for a while. */
  readonly refuse: (why: string) => Refused;
}

interface Token {
  readonly kind: 'token';
  readonly value: string;
  readonly clientId: string;
  readonly renewAtMs: number;
  readonly expiresAtMs: number;
}

/** How long a refusal stands before it is put to the test again: somebody has to correct a secret or a role first. */
const refusalMs = 60_000;
const longestLeadMs = 300_000;

/**
 * ```
 *  obtained            renewAt      expires
 *     |-- used as it is --|-- renewed; used if that fails --|
 *                         '- min(5 minutes, a fifth of its life)
 * ```
 * Genesys issues tokens for 24 hours unless the client is set to anything from 5 minutes to 48 hours.
 */
const toToken = (body: unknown, clientId: string, askedAtMs: number): Token | null => {
  const value = isObject(body) ? textOrNull(body['access_token']) : null;
  const seconds = isObject(body) ? body['expires_in'] : null;
  if (value === null || typeof seconds !== 'number' || !(seconds > 0)) return null;
  const lifeMs = seconds * 1_000;
  const expiresAtMs = askedAtMs + lifeMs;
  return { kind: 'token', value, clientId, expiresAtMs, renewAtMs: expiresAtMs - Math.min(longestLeadMs, lifeMs / 5) };
};

/** RFC 6749: a refused client is 400 or 401. Any 4xx is ours to correct, but for the two that mean "later". */
const isRefusal = ({ status }: Reply): boolean =>
  status !== null && status >= 300 && status < 500 && status !== 408 && status !== 429;

const judge = (reply: Reply, loginUrl: string, clientId: string): Refused | Unavailable => {
  const came = `expected a token for OAuth client ${clientId}, ${loginUrl} answered ${reply.status ?? 'nothing'} ${reply.code ?? ''}`;
  if (isRefusal(reply))
    return {
      kind: 'refused',
      why: `${came.trim()}. Check the client's id and secret, its grant type (client credentials), and the region: a client is known in its own only`,
    };
  const retryAfterMs = reply.askedMs ?? defaultRetryAfterMs;
  return { kind: 'unavailable', why: came.trim(), retryAfterMs, ...(reply.status === 429 && { isThrottle: true }) };
};

export interface TokenOutside {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly credentials: CredentialSource;
}

const basic = ({ clientId, clientSecret }: Credentials): string =>
  `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

const isSame = (one: Credentials, other: Credentials): boolean =>
  one.clientId === other.clientId && one.clientSecret === other.clientSecret;

const standsMs = (answer: Refused | Unavailable): number => (answer.kind === 'refused' ? refusalMs : answer.retryAfterMs);

type LoginAnswer = Token | Refused | Unavailable;

/** One request for a token. A secret that was turned down is read anew: it may have been rotated since. */
const createLogin = ({ loginUrl, timeoutMs }: TokenSettings, send: Send, { credentials, clock }: TokenOutside) => {
  const ask = async (given: Credentials): Promise<LoginAnswer> => {
    const askedAtMs = clock.monotonicMs();
    const reply = await send({
      method: 'POST',
      url: `${loginUrl}/oauth/token`,
      headers: { Authorization: basic(given) },
      form: { grant_type: 'client_credentials' },
      endsAtMs: askedAtMs + timeoutMs / 3,
      // One token more does no harm.
      mayRepeat: () => Promise.resolve(true),
    });
    const token = reply.status === 200 ? toToken(reply.body, given.clientId, askedAtMs) : null;
    return token ?? judge(reply, loginUrl, given.clientId);
  };
  return async (): Promise<LoginAnswer> => {
    const given = await credentials.read('known');
    if (given.kind !== 'credentials') return given;
    const answer = await ask(given);
    if (answer.kind !== 'refused') return answer;
    const rotated = await credentials.read('anew');
    return rotated.kind === 'credentials' && !isSame(rotated, given) ? ask(rotated) : answer;
  };
};

export const createTokenSource = (settings: TokenSettings, send: Send, outside: TokenOutside): TokenSource => {
  const { clock } = outside;
  const login = createLogin(settings, send, outside);
  let token: Token | null = null;
  let failure: { readonly answer: Refused | Unavailable; readonly untilMs: number } | null = null;
  let flight: Promise<TokenAnswer> | null = null;

  /** A token that could not be renewed in time is good until it expires. */
  const insteadOf = (answer: Refused | Unavailable): TokenAnswer =>
    token !== null && clock.monotonicMs() < token.expiresAtMs ? token : answer;

  const remember = (answer: LoginAnswer): TokenAnswer => {
    if (answer.kind === 'token') return (token = answer);
    failure = { answer, untilMs: clock.monotonicMs() + standsMs(answer) };
    return insteadOf(answer);
  };

  const current = async (): Promise<TokenAnswer> => {
    const nowMs = clock.monotonicMs();
    if (token !== null && nowMs < token.renewAtMs) return token;
    if (failure !== null && nowMs < failure.untilMs) {
      const { answer, untilMs } = failure;
      return insteadOf(answer.kind === 'refused' ? answer : { ...answer, retryAfterMs: untilMs - nowMs });
    }
    flight ??= login()
      .then(remember)
      .finally(() => (flight = null));
    return flight;
  };

  return {
    current,
    renew: (turnedDown) => {
      if (token?.value === turnedDown) token = null;
      return current();
    },
    refuse: (why) => {
      token = null;
      const answer: Refused = { kind: 'refused', why };
      remember(answer);
      return answer;
    },
  };
};
