import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';

/** What the fake answers with; the server adds what every answer has. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON; undefined: nothing is sent. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`, by whoever sets `Content-Type`. */
  readonly text?: string;
  readonly headers?: OutgoingHttpHeaders;
}

interface ErrorOptions {
  /** Default: the code's own. */
  readonly status?: number;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: OutgoingHttpHeaders;
  readonly limit?: { readonly key: string; readonly namespace: string; readonly value: number };
}

/** Codes and their status are those that public clients of the API list; message texts are theirs where they quote one. */
const codes = {
  'bad.request': 400,
  'invalid.value': 400,
  'response.entity.too.large': 400,
  'bad.credentials': 401,
  'authentication.required': 401,
  'credentials.expired': 401,
  'missing.any.permissions': 403,
  'missing.permissions': 403,
  'not.authorized': 403,
  'not.found': 404,
  'general.conflict': 409,
  'request.entity.too.large': 413,
  'unsupported.media.type': 415,
  'too.many.requests': 429,
  'too.many.requests.retry.after': 429,
  'internal.server.error': 500,
  'service.unavailable': 503,
  'request.timeout': 504,
} as const;

export type ErrorCode = keyof typeof codes;

const fill = (template: string, params: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (hole, name: string) => params[name] ?? hole);

/** The platform API's error body. `template` names its parameters in braces. */
export const apiError = (
  code: ErrorCode,
  template: string,
  { status = codes[code], params = {}, headers, limit }: ErrorOptions = {},
): Answer => ({
  status,
  body: {
    message: fill(template, params),
    code,
    status,
    contextId: randomUUID(),
    messageWithParams: template,
    messageParams: params,
    details: [],
    errors: [],
    ...(limit && { limit }),
  },
  ...(headers && { headers }),
});

/** The login host speaks OAuth's error body instead. Unverified: the statuses, taken from RFC 6749. */
export const oauthError = (status: 400 | 401, error: string, description: string): Answer => ({
  status,
  body: { error, description, error_description: description },
});

/** The body for a status that a script asked for. */
export const errorOfStatus = (status: number): Answer => {
  const code = (Object.keys(codes) as ErrorCode[]).find((candidate) => codes[candidate] === status) ?? 'internal.server.error';
  return apiError(code, 'Scripted fault', { status });
};
