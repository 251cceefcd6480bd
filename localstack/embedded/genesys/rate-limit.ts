import type { OutgoingHttpHeaders } from 'node:http';
import { apiError, type Answer } from './errors';

const windowMs = 60_000;

/** Requests that one client has made in the current minute. */
interface Minute {
  startMs: number;
  count: number;
}

export interface Admission {
  /** `inin-ratelimit-*`, on refused answers, too. `reset` is in seconds. */
  readonly headers: OutgoingHttpHeaders;
  readonly refusal: Answer | null;
}

export type RateLimit = (clientId: string) => Admission;

/** A fixed minute per client. Verified: 300 a minute, the three headers, whole seconds in Retry-After. Unverified: when the minute starts. */
export const createRateLimit = (allowedPerMinute: () => number, nowMs: () => number): RateLimit => {
  const minutes = new Map<string, Minute>();
  return (clientId) => {
    const now = nowMs();
    let minute = minutes.get(clientId);
    if (!minute || now - minute.startMs >= windowMs) minutes.set(clientId, (minute = { startMs: now, count: 0 }));
    minute.count += 1;
    const allowed = allowedPerMinute();
    const resetSeconds = Math.max(1, Math.ceil((minute.startMs + windowMs - now) / 1000));
    const headers = {
      'inin-ratelimit-count': String(minute.count),
      'inin-ratelimit-allowed': String(allowed),
      'inin-ratelimit-reset': String(resetSeconds),
    };
    return { headers, refusal: minute.count > allowed ? tooMany(allowed, resetSeconds) : null };
  };
};

const tooMany = (allowed: number, retryAfterSeconds: number): Answer =>
  apiError('too.many.requests', 'Rate limit exceeded the maximum [{limit}] requests within [{seconds}] seconds', {
    params: { limit: String(allowed), seconds: String(windowMs / 1000) },
    headers: { 'Retry-After': String(retryAfterSeconds) },
    limit: { key: 'client.credentials.token.rate.per.minute', namespace: 'client.credentials', value: allowed },
  });
