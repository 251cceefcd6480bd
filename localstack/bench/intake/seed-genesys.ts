import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place';

type Genesys = Place['genesys'];

const retries = 3;
const backoffBase = 1.5;
const earlySeconds = 300;

/** The token, cached, and asked for anew five minutes before it ends. Many callers, one request. */
const tokens = ({ url, clientId, clientSecret }: Genesys): (() => Promise<string>) => {
  let endsAtMs = -Infinity;
  let token: Promise<string> = Promise.resolve('');
  const ask = async (): Promise<string> => {
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const answer = await fetch(`${url}/oauth/token`, { method: 'POST', headers: { authorization }, body });
    if (!answer.ok) throw new Error(`Expected a token, got ${answer.status}.`);
    const { access_token, expires_in } = (await answer.json()) as { access_token: string; expires_in: number };
    endsAtMs = performance.now() + (expires_in - earlySeconds) * 1_000;
    return access_token;
  };
  return () => {
    if (performance.now() >= endsAtMs) {
      endsAtMs = Infinity;
      token = ask();
    }
    return token;
  };
};

/** One query for one conversation. A 429 is waited for as long as it says, however often; all else three times. */
export const seedDetails = (genesys: Genesys): ((conversationId: string) => Promise<unknown>) => {
  const token = tokens(genesys);
  const request = async (conversationId: string): Promise<Response> =>
    fetch(`${genesys.url}/api/v2/analytics/conversations/details/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        dateFrom: '2023-01-01T00:00:00Z',
        dateTo: '2099-12-31T23:59:59Z',
        groupBy: ['conversationId'],
        filter: [{ type: 'conversationId', value: conversationId }],
        size: 100,
      }),
    });
  return async (conversationId) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await request(conversationId);
      if (answer.ok) return answer.json();
      if (answer.status !== 429 && attempt >= retries) throw new Error(`Genesys answered ${answer.status}, ${attempt} times.`);
      // A body that nobody reads keeps its connection.
      await answer.text();
      const seconds = Number(answer.headers.get('retry-after') ?? backoffBase ** Math.min(attempt, retries));
      await sleep(seconds * 1_000);
    }
  };
};
