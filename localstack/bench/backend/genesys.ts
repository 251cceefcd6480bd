import { ok, okJson, type Answer } from './answer';
import type { Cycles } from './traffic';

const details = '/api/v2/analytics/conversations/details';
const minuteMs = 60_000;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Genesys Cloud, whose analytics know every conversation at once, and are complete. */
export const openGenesys = (cycles: () => Cycles) => {
  let minute = { from: 0, asked: 0 };

  const isOverQuota = (perMinute: number | undefined): boolean => {
    const now = Math.floor(Date.now() / minuteMs);
    minute = minute.from === now ? { from: now, asked: minute.asked + 1 } : { from: now, asked: 1 };
    return perMinute !== undefined && minute.asked > perMinute;
  };

  /** `entities` is for who asks as the seed does. */
  const known = (ids: readonly string[]): Answer => {
    const found = ids.flatMap((id) => cycles().detailsOf(id) ?? []).join(',');
    return ok(`{"conversations":[${found}],"entities":[${found}],"totalHits":${ids.length}}`);
  };

  const throttled: Answer = { status: 429, text: '{"code":"too.many.requests"}', headers: { 'retry-after': '2' } };

  return {
    /** How its calls are counted; null: none of Genesys's. */
    operation: (url: string): string | null => {
      if (url === '/oauth/token') return 'genesys token';
      return url.startsWith(details) ? 'genesys details' : null;
    },
    answer: (url: string, text: string, quotaPerMinute: number | undefined): Answer => {
      if (url === '/oauth/token') return okJson({ access_token: 'bench', token_type: 'bearer', expires_in: 86_400 });
      if (isOverQuota(quotaPerMinute)) return throttled;
      const ids = new URL(url, 'http://genesys').searchParams.get('id');
      return known(ids === null ? (text.match(uuid) ?? []) : ids.split(','));
    },
  };
};
