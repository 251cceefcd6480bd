import type { OutgoingHttpHeaders } from 'node:http';
import { apiError, type Answer } from './errors';
import type { State } from './state';

const windowMs = 60_000;

/** Requests that one caller has made in the current minute. */
interface Minute {
  startMs: number;
  count: number;
}

export interface Admission {
  /** `inin-ratelimit-*`, on refused answers, too. */
  readonly headers: OutgoingHttpHeaders;
  readonly refusal: Answer | null;
}

/** `caller`: whose limit it is. */
export type RateLimit = (caller: string, path: string) => Admission;

const tooMany = ({ limits, switches }: State, allowed: number, restSeconds: number): Answer => {
  const seconds = limits.retryAfterSeconds ?? restSeconds;
  const headers = switches.retryAfter === 'header' ? { 'Retry-After': String(seconds) } : {};
  const limit = { key: 'client.credentials.token.rate.per.minute', namespace: 'client.credentials', value: allowed };
  return switches.tooManyRequests === 'too.many.requests'
    ? apiError('too.many.requests', 'Rate limit exceeded the maximum [{limit}] requests within [{seconds}] seconds', {
        params: { limit: String(allowed), seconds: String(windowMs / 1000) },
        headers,
        limit,
      })
    : apiError(
        'too.many.requests.retry.after',
        'Rate limit exceeded the maximum [{limit}] requests. Retry the request in [{seconds}] seconds',
        { params: { limit: String(allowed), seconds: String(seconds) }, headers, limit },
      );
};

/**
 * Minutes, one after the other. Verified: 300 a minute, less for some resources, the three headers, whole seconds in Retry-After. The
 * narrowest limit that a request falls under is the one its headers speak of.
 */
export const createRateLimit = (state: State, nowMs: () => number): RateLimit => {
  const minutes = new Map<string, Minute>();
  const countOf = (key: string, now: number): Minute => {
    let minute = minutes.get(key);
    if (!minute || now - minute.startMs >= windowMs) {
      const startMs = state.switches.limitWindow === 'clock' ? Math.floor(now / windowMs) * windowMs : now;
      minutes.set(key, (minute = { startMs, count: 0 }));
    }
    minute.count += 1;
    return minute;
  };
  return (caller, path) => {
    const now = nowMs();
    const { requestsPerMinute, resources } = state.limits;
    const ofResources = resources.filter((resource) => new RegExp(resource.path).test(path));
    const counted = [{ path: '', requestsPerMinute }, ...ofResources].map((limit) => {
      const { startMs, count } = countOf(`${caller} ${limit.path}`, now);
      return { count, startMs, allowed: limit.requestsPerMinute };
    });
    const narrowest = counted.reduce((one, other) => (other.allowed - other.count < one.allowed - one.count ? other : one));
    const endMs = narrowest.startMs + windowMs;
    const restSeconds = Math.max(1, Math.ceil((endMs - now) / 1000));
    const reset = state.switches.rateLimitReset === 'epoch' ? Math.ceil(endMs / 1000) : restSeconds;
    const headers = {
      'inin-ratelimit-count': String(narrowest.count),
      'inin-ratelimit-allowed': String(narrowest.allowed),
      'inin-ratelimit-reset': String(reset),
    };
    const isOver = narrowest.count > narrowest.allowed;
    return { headers, refusal: isOver ? tooMany(state, narrowest.allowed, restSeconds) : null };
  };
};
