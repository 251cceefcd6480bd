import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Client } from './clients';
import { apiError, oauthError, type Answer } from './errors';
import type { State } from './state';

interface Token {
  readonly clientId: string;
  readonly region: string;
  readonly expiresAtMs: number;
}

/** Who a request speaks for, and whose limit it uses. */
export interface Caller {
  readonly client: Client;
  readonly limitOf: string;
}

export interface Tokens {
  readonly issue: (request: IncomingMessage, body: string, region: string) => Answer;
  /** The client that a request speaks for, or the refusal. */
  readonly authenticate: (request: IncomingMessage, region: string) => Caller | { readonly refusal: Answer };
  readonly revokeAll: () => void;
}

const basicCredentials = (header: string | undefined): readonly [string, string] | null => {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon === -1 ? null : [text.slice(0, colon), text.slice(colon + 1)];
};

const isForm = (request: IncomingMessage): boolean =>
  (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

const unauthorized = (code: State['switches']['badToken' | 'expiredToken'], message: string): Answer =>
  apiError(code, message, { status: 401 });

const issuer =
  (state: State, remember: (token: string, value: Token) => void, nowMs: () => number) =>
  (request: IncomingMessage, body: string, region: string): Answer => {
    // Verified: Basic plus form. That a JSON body is refused, as the tutorials send it, follows from RFC 6749.
    if (!isForm(request)) return oauthError(400, 'invalid_request', 'expected application/x-www-form-urlencoded');
    if (new URLSearchParams(body).get('grant_type') !== 'client_credentials')
      return oauthError(400, 'unsupported_grant_type', 'expected grant_type=client_credentials');
    const [id, secret] = basicCredentials(request.headers.authorization) ?? [];
    const client = state.clients.find((one) => one.id === id && one.secret === secret && (one.region ?? region) === region);
    if (!client) return oauthError(state.switches.refusedClient === '400' ? 400 : 401, 'invalid_client', 'authentication failed');
    const token = randomUUID();
    const expiresIn = state.limits.tokenLifetimeSeconds;
    remember(token, { clientId: client.id, region, expiresAtMs: nowMs() + expiresIn * 1000 });
    return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: expiresIn } };
  };

export const createTokens = (state: State, nowMs: () => number): Tokens => {
  const tokens = new Map<string, Token>();
  return {
    issue: issuer(state, (token, value) => tokens.set(token, value), nowMs),
    authenticate: (request, region) => {
      const { badToken, expiredToken, limitBelongsTo } = state.switches;
      const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (bearer === undefined)
        return {
          refusal: apiError('authentication.required', 'No authentication bearer token specified in authorization header.'),
        };
      const token = tokens.get(bearer);
      // As it is now: roles are given and taken while its token lives.
      const client = state.clients.find(({ id }) => id === token?.clientId);
      if (!client || token?.region !== region) return { refusal: unauthorized(badToken, 'Invalid login credentials.') };
      if (token.expiresAtMs <= nowMs()) return { refusal: unauthorized(expiredToken, 'The supplied token has expired.') };
      return { client, limitOf: limitBelongsTo === 'client' ? client.id : bearer };
    },
    revokeAll: () => tokens.clear(),
  };
};
