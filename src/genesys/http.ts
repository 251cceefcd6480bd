import axios, { AxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import axiosRetry, { isNetworkError } from 'axios-retry';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { backoffMs } from '../core/backoff';
import { isObject, type JsonObject } from '../core/json';
import type { Clock, Log, Metrics, Random } from '../ports';
import { asWord, replyOf, silence, timedOut, wholeResponse, type Reply } from './reply';

/*
 * One request to Genesys. Axios and its errors go no further than here and reply.ts: they carry the token. Retries here are few
 * and short; a wait that is longer belongs in the table, as a window's due time.
 */

export interface HttpOutside {
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly random: Pick<Random, 'fraction'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface HttpSettings {
  /** For all of one call, repeats and waits included: the caller holds a lease. A single attempt may use it up. */
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
  /** When all attempts must be over, on the monotonic clock. Default: after the timeout. */
  readonly endsAtMs?: number;
  /** Told what came of an attempt that is worth another; answers whether it may be made. Default: a GET may, all else may not. */
  readonly mayRepeat?: (reply: Reply) => Promise<boolean>;
}

const retries = 2;
const longestRetryMs = 2_000;
/** Less than this after the wait is no attempt. */
const shortestAttemptMs = 1_000;
const defaultLargestAnswerBytes = 32 * 1024 * 1024;

const isWorthRetrying = (error: AxiosError, reply: Reply): boolean => {
  // What took too long would again.
  if (error.code === AxiosError.ERR_CANCELED) return false;
  if (reply.status === null) return !reply.isTooLarge && (isNetworkError(error) || error.response !== undefined);
  // A 429 without a short wait means the minute is used up: another request would only add to it.
  if (reply.status === 429) return reply.askedMs !== null && reply.askedMs <= longestRetryMs;
  return reply.status >= 500 && (reply.askedMs ?? 0) <= longestRetryMs;
};

const defaults: AxiosRequestConfig = {
  // Axios obeys HTTP_PROXY without being asked.
  proxy: false,
  // A redirect would take the token to another host.
  maxRedirects: 0,
  responseType: 'json',
  headers: { Accept: 'application/json', 'User-Agent': 'tidemark' },
};

const createAxios = ({ largestAnswerBytes = defaultLargestAnswerBytes }: HttpSettings, { metrics }: HttpOutside) => {
  const agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
  const instance = axios.create({ ...defaults, ...agents, maxContentLength: largestAnswerBytes });
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
  axiosRetry(instance, { retries });
  return instance;
};

/** What a log line says of an answer. Genesys's support asks for the two ids. */
const fieldsOf = (url: string, response: AxiosResponse | undefined, reply: Reply) => {
  const { origin, pathname } = new URL(url);
  const body: unknown = response?.data;
  return {
    host: origin,
    path: pathname,
    status: reply.status,
    code: reply.code,
    askedMs: reply.askedMs,
    correlationId: asWord(response?.headers['inin-correlation-id']),
    contextId: isObject(body) ? asWord(body['contextId']) : null,
  };
};

type TimedRequest = HttpRequest & { readonly endsAtMs: number };
type RetryOptions = NonNullable<AxiosRequestConfig['axios-retry']>;

/** How one request is sent again: while it is of use, there is time, and whoever counts requests allows one more. */
const repeating = (request: TimedRequest, settings: HttpSettings, outside: HttpOutside): RetryOptions => {
  const { clock, random, log } = outside;
  const { endsAtMs, url, method, mayRepeat = () => Promise.resolve(method === 'GET') } = request;
  let failedAtMs = 0;
  const wantedDelayMs = (retry: number, error: AxiosError): number =>
    settings.retryDelayMs?.(retry) ??
    Math.max(backoffMs(retry - 1, 200, longestRetryMs, random.fraction()), replyOf(error).askedMs ?? 0);
  return {
    retryCondition: async (error) => {
      failedAtMs = clock.monotonicMs();
      const reply = replyOf(error);
      const isInTime = endsAtMs - failedAtMs >= longestRetryMs + shortestAttemptMs;
      if (!isInTime || !isWorthRetrying(error, reply)) return false;
      const may = await mayRepeat(reply);
      if (may) log.info('Genesys did not do what it was asked, and is asked again.', fieldsOf(url, error.response, reply));
      return may;
    },
    // The wait to be allowed is part of it.
    retryDelay: (retry, error) => Math.max(0, wantedDelayMs(retry, error) - (clock.monotonicMs() - failedAtMs)),
  };
};

/** Resolves with what came; rejects only for a bug. */
export type Send = (request: HttpRequest) => Promise<Reply>;

export const createHttp = (settings: HttpSettings, outside: HttpOutside): Send => {
  const { clock, log } = outside;
  const instance = createAxios(settings, outside);

  const note = (url: string, response: AxiosResponse | undefined, reply: Reply): void => {
    const fields = fieldsOf(url, response, reply);
    if (reply.status !== null && reply.status < 300) log.debug('Genesys answered.', fields);
    // Not there yet: the daily bread of whoever asks early.
    else if (reply.status === 404) log.debug('Genesys has nothing of that.', fields);
    else log.warn('Genesys did not do what it was asked.', fields);
  };

  const attempt = async (request: TimedRequest, leftMs: number): Promise<AxiosResponse | AxiosError> => {
    const { method, url, headers, params, form, json } = request;
    try {
      return await instance.request<unknown>({
        method,
        url,
        ...(headers && { headers }),
        ...(params && { params }),
        ...(form && { data: new URLSearchParams(form) }),
        ...(json && { data: json }),
        // Over all attempts, where axios's own timeout begins anew with each, and with each byte that drips in.
        signal: AbortSignal.timeout(leftMs),
        'axios-retry': repeating(request, settings, outside),
      });
    } catch (error) {
      // Whatever is not axios's is a bug and goes on.
      if (!(error instanceof AxiosError)) throw error;
      return error;
    }
  };

  return async (request) => {
    const nowMs = clock.monotonicMs();
    const { endsAtMs = nowMs + settings.timeoutMs } = request;
    const leftMs = Math.floor(endsAtMs - nowMs);
    const came = leftMs > 0 ? await attempt({ ...request, endsAtMs }, leftMs) : null;
    const reply = came ? replyOf(came) : silence(timedOut);
    note(request.url, came instanceof Error ? came.response : (came ?? undefined), reply);
    return reply;
  };
};
