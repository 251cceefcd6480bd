import type { AxiosError, AxiosResponse } from 'axios';
import type { BudgetNews } from '../core/genesys-answers';
import { isObject, textOrNull } from '../core/json';

/* What is read off an answer of Genesys, by allow-list: its sentences may quote what we sent. */

/** What came of a request. */
export interface Reply {
  /** Null: no answer came, or it was not read to its end. */
  readonly status: number | null;
  readonly body: unknown;
  /** Genesys's word (`too.many.requests`, `invalid_client`) or the connection's (`ECONNREFUSED`). */
  readonly code: string | null;
  /** How long it asked us to stay away. */
  readonly askedMs: number | null;
  /** What it says of the quota. */
  readonly period: BudgetNews['period'];
  readonly isTooLarge: boolean;
}

/** Where an answer does not say how long to stay away. */
export const defaultRetryAfterMs = 15_000;
/** The code of a reply that did not come in time. */
export const timedOut = 'ETIMEDOUT';
const longestAskedMs = 86_400_000;
const longestPeriodMs = 3_600_000;

/** Words and ids are copied, sentences are not. */
export const asWord = (value: unknown): string | null => {
  const text = textOrNull(value);
  return text !== null && /^[\w.-]{1,80}$/.test(text) ? text : null;
};

const wholeNumber = (header: unknown): number | null =>
  typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : null;

const secondsToMs = (seconds: number | null, mostMs: number): number | null =>
  seconds === null ? null : Math.min(seconds * 1_000, mostMs);

/** `too.many.requests.retry.after` has its seconds in the sentence: public clients read them there. */
const secondsInText = (body: unknown): number | null =>
  wholeNumber(/retry the request in \[?(\d{1,9})\]? seconds/i.exec((isObject(body) && textOrNull(body['message'])) || '')?.[1]);

/** Genesys writes whole seconds, and hours if it likes. The time to the next minute of the quota stands in on a 429. */
const askedMs = ({ status, headers, data }: AxiosResponse): number | null => {
  const named = wholeNumber(headers['retry-after']);
  const seconds = status === 429 ? (named ?? secondsInText(data) ?? wholeNumber(headers['inin-ratelimit-reset'])) : named;
  return secondsToMs(seconds, longestAskedMs);
};

const period = ({ headers }: AxiosResponse): BudgetNews['period'] => {
  const count = wholeNumber(headers['inin-ratelimit-count']);
  const allowed = wholeNumber(headers['inin-ratelimit-allowed']);
  const resetMs = secondsToMs(wholeNumber(headers['inin-ratelimit-reset']), Infinity);
  // A quota of nothing, or of hours, is none that Genesys has.
  const makesSense = count !== null && allowed !== null && allowed > 0 && resetMs !== null && resetMs <= longestPeriodMs;
  return makesSense ? { count, allowed, resetMs } : null;
};

const toReply = (response: AxiosResponse): Reply => {
  const body: unknown = response.data;
  const code = isObject(body) ? (asWord(body['code']) ?? asWord(body['error'])) : null;
  return {
    status: response.status,
    body,
    code,
    askedMs: askedMs(response),
    period: period(response),
    isTooLarge: false,
  };
};

/** What was answered, unless the answer broke off: axios hangs one that it did not read to its end on the error, too. */
export const wholeResponse = ({ response }: AxiosError): AxiosResponse | undefined =>
  response !== undefined && response.status >= 300 ? response : undefined;

export const silence = (code: string | null, isTooLarge = false): Reply => ({
  status: null,
  body: undefined,
  code,
  askedMs: null,
  period: null,
  isTooLarge,
});

/** All that we ever cancel is what took too long. */
const silentCode = ({ code }: AxiosError): string | null => (code === 'ERR_CANCELED' ? timedOut : asWord(code));

const isTooLarge = (error: AxiosError): boolean => error.message.startsWith('maxContentLength');

export const replyOf = (came: AxiosResponse | AxiosError): Reply => {
  if (!(came instanceof Error)) return toReply(came);
  const response = wholeResponse(came);
  return response ? toReply(response) : silence(silentCode(came), isTooLarge(came));
};
