import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { apiError, oauthError, type Answer } from './errors';

export interface Client {
  readonly id: string;
  readonly secret: string;
  /** Default: what conversation details need. Scopes do not exist for client credentials, roles do. */
  readonly permissions?: readonly string[];
}

interface Token {
  readonly client: Client;
  readonly expiresAtMs: number;
}

export interface Tokens {
  readonly issue: (request: IncomingMessage, body: string) => Answer;
  /** The client that a request speaks for, or the refusal. */
  readonly authenticate: (request: IncomingMessage) => { readonly client: Client } | { readonly refusal: Answer };
  readonly revokeAll: () => void;
}

/** What a client has that is given no others: what conversation details need. */
export const defaultPermissions: readonly string[] = [
  'analytics:conversationDetail:view',
  'analytics:agentConversationDetail:view',
];

const basicCredentials = (header: string | undefined): readonly [string, string] | null => {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon === -1 ? null : [text.slice(0, colon), text.slice(colon + 1)];
};

const isForm = (request: IncomingMessage): boolean =>
  (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

export const createTokens = (clients: readonly Client[], lifetimeSeconds: () => number, nowMs: () => number): Tokens => {
  const tokens = new Map<string, Token>();
  return {
    issue: (request, body) => {
      // Verified: Basic plus form. That a JSON body is refused, as the tutorials send it, follows from RFC 6749.
      if (!isForm(request)) return oauthError(400, 'invalid_request', 'expected application/x-www-form-urlencoded');
      if (new URLSearchParams(body).get('grant_type') !== 'client_credentials')
        return oauthError(400, 'unsupported_grant_type', 'expected grant_type=client_credentials');
      const credentials = basicCredentials(request.headers.authorization);
      const client = clients.find(({ id, secret }) => credentials?.[0] === id && credentials[1] === secret);
      if (!client) return oauthError(401, 'invalid_client', 'authentication failed');
      const token = randomUUID();
      const expiresIn = lifetimeSeconds();
      tokens.set(token, { client, expiresAtMs: nowMs() + expiresIn * 1000 });
      return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: expiresIn } };
    },
    authenticate: (request) => {
      const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (bearer === undefined)
        return {
          refusal: apiError('authentication.required', 'No authentication bearer token specified in authorization header.'),
        };
      const token = tokens.get(bearer);
      if (!token) return { refusal: apiError('bad.credentials', 'Invalid login credentials.') };
      if (token.expiresAtMs <= nowMs()) return { refusal: apiError('credentials.expired', 'The supplied token has expired.') };
      return { client: token.client };
    },
    revokeAll: () => tokens.clear(),
  };
};
