import axios, { AxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import axiosRetry, { isNetworkError } from 'axios-retry';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { backoffMs } from '../core/backoff';
import { isObject, textOrNull, type JsonObject } from '../core/json';
import type { Log, Metrics, Random } from '../ports';

/*
 * One request to Genesys. Axios and its errors stay in this file: they carry the token, so what leaves is an allow-list.
 * Retries here are few and short; a wait that is longer belongs in the table, as a window's due time.
 */

export interface HttpOutside {
  readonly random: Pick<Random, 'fraction'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface HttpSettings {
  /** For one attempt, of which there are at most three. Timeouts are not tried again: the caller holds a lease. */
  readonly timeoutMs: number;
  /** A longer answer is not read to its end. Default 32 MiB: 20 conversations of a size that is rare. */
  readonly largestAnswerBytes?: number;
  /** Wait before attempt 2, 3, …; a test needs none. */
  readonly retryDelayMs?: (retry: number) => number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: JsonObject;
}

/** What came of a request. */
export interface Reply {
  /** Null: no answer came, or it was not read to its end. */
  readonly status: number | null;
  readonly body: unknown;
  /** Genesys's word (`too.many.requests`, `invalid_client`) or the connection's (`ECONNREFUSED`). */
  readonly code: string | null;
  /** How long it asked us to stay away. */
  readonly askedMs: number | null;
  readonly isTooLarge: boolean;
}

const retries = 2;
const longestRetryMs = 2_000;
const longestAskedMs = 86_400_000;
const defaultLargestAnswerBytes = 32 * 1024 * 1024;

/** Words and ids are copied, sentences are not: a message may quote what we sent. */
const asWord = (value: unknown): string | null => {
  const text = textOrNull(value);
  return text !== null && /^[\w.-]{1,80}$/.test(text) ? text : null;
};

const secondsToMs = (header: unknown): number | null =>
  typeof header === 'string' && /^\d{1,9}$/.test(header) ? Math.min(Number(header) * 1_000, longestAskedMs) : null;

/** Genesys writes whole seconds, and hours if it likes. The time to the next minute of the quota stands in on a 429. */
const askedMs = ({ status, headers }: AxiosResponse): number | null =>
  secondsToMs(headers['retry-after']) ?? (status === 429 ? secondsToMs(headers['inin-ratelimit-reset']) : null);

const isTooLarge = (error: AxiosError): boolean => error.message.startsWith('maxContentLength');

/** What was answered, unless the answer broke off: axios hangs one that it did not read to its end on the error, too. */
const wholeResponse = ({ response }: AxiosError): AxiosResponse | undefined =>
  response !== undefined && response.status >= 300 ? response : undefined;

const isWorthRetrying = (error: AxiosError): boolean => {
  const response = wholeResponse(error);
  if (!response) return !isTooLarge(error) && (isNetworkError(error) || error.response !== undefined);
  const asked = askedMs(response);
  // A 429 without a short wait means the minute is used up: another request would only add to it.
  if (response.status === 429) return asked !== null && asked <= longestRetryMs;
  return response.status >= 500 && (asked ?? 0) <= longestRetryMs;
};

const toReply = (response: AxiosResponse): Reply => {
  const body: unknown = response.data;
  const code = isObject(body) ? (asWord(body['code']) ?? asWord(body['error'])) : null;
  return { status: response.status, body, code, askedMs: askedMs(response), isTooLarge: false };
};

const toSilence = (error: AxiosError): Reply => ({
  status: null,
  body: undefined,
  code: asWord(error.code),
  askedMs: null,
  isTooLarge: isTooLarge(error),
});

const defaults: AxiosRequestConfig = {
  // Axios obeys HTTP_PROXY without being asked.
  proxy: false,
  // A redirect would take the token to another host.
  maxRedirects: 0,
  responseType: 'json',
  headers: { Accept: 'application/json', 'User-Agent': 'tidemark' },
};

const createAxios = (settings: HttpSettings, { random, metrics }: HttpOutside) => {
  const maxContentLength = settings.largestAnswerBytes ?? defaultLargestAnswerBytes;
  const agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
  const instance = axios.create({ ...defaults, ...agents, timeout: settings.timeoutMs, maxContentLength });
  const count = (status: number | undefined): void => metrics.add('GenesysRequests', 1, { status: String(status ?? 'none') });
  // Before axios-retry, so that it sees every attempt.
  instance.interceptors.response.use(
    (response) => {
      count(response.status);
      return response;
    },
    (error: unknown) => {
      count(error instanceof AxiosError ? wholeResponse(error)?.status : undefined);
      throw error;
    },
  );
  const backoff = (retry: number): number => backoffMs(retry - 1, 200, longestRetryMs, random.fraction());
  axiosRetry(instance, {
    retries,
    retryCondition: isWorthRetrying,
    retryDelay: (retry, error) =>
      settings.retryDelayMs?.(retry) ?? Math.max(backoff(retry), (error.response && askedMs(error.response)) ?? 0),
    // The timeout is for one attempt, not for all together.
    shouldResetTimeout: true,
  });
  return instance;
};

/** Resolves with what came; rejects only for a bug. */
export type Send = (request: HttpRequest) => Promise<Reply>;

export const createHttp = (settings: HttpSettings, outside: HttpOutside): Send => {
  const instance = createAxios(settings, outside);
  const note = (request: HttpRequest, response: AxiosResponse | undefined, reply: Reply): void => {
    const { origin, pathname } = new URL(request.url);
    const body: unknown = response?.data;
    const fields = {
      host: origin,
      path: pathname,
      status: reply.status,
      code: reply.code,
      askedMs: reply.askedMs,
      // Genesys's support asks for these two.
      correlationId: asWord(response?.headers['inin-correlation-id']),
      contextId: isObject(body) ? asWord(body['contextId']) : null,
    };
    if (reply.status === null || reply.status >= 300) outside.log.warn('Genesys did not do what it was asked.', fields);
    else outside.log.debug('Genesys answered.', fields);
  };
  return async ({ form, json, ...request }) => {
    try {
      const response = await instance.request<unknown>({
        ...request,
        ...(form && { data: new URLSearchParams(form) }),
        ...(json && { data: json }),
      });
      const reply = toReply(response);
      note(request, response, reply);
      return reply;
    } catch (error) {
      // Whatever is not axios's is a bug and goes on.
      if (!(error instanceof AxiosError)) throw error;
      const response = wholeResponse(error);
      const reply = response ? toReply(response) : toSilence(error);
      note(request, error.response, reply);
      return reply;
    }
  };
};
