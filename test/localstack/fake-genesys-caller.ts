import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from '../../localstack/embedded/genesys/server';

/* A caller of the fake, as plain as HTTP allows, and fakes that close after each test. */

export const client = { id: 'client-1', secret: 'secret-1' };
export const anHour = { conversationStart: '2026-01-05T09:00:00.000Z', conversationEnd: '2026-01-05T10:00:00.000Z' };
export const conversation = (conversationId: string) => ({ conversationId, ...anHour });

const fakes: FakeGenesys[] = [];
export const start = async (options: Partial<FakeGenesysOptions> = {}): Promise<FakeGenesys> => {
  const fake = await startFakeGenesys({ clients: [client], ...options });
  fakes.push(fake);
  return fake;
};
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.close()));
});

export const basic = ({ id, secret }: { id: string; secret: string }): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
export const form = 'application/x-www-form-urlencoded';

export const askToken = (
  fake: FakeGenesys,
  headers: Record<string, string>,
  body = 'grant_type=client_credentials',
): Promise<Response> => fetch(`${fake.url}/oauth/token`, { method: 'POST', headers, body });

export const login = async (fake: FakeGenesys): Promise<string> => {
  const answer = await askToken(fake, { 'content-type': form, authorization: basic(client) });
  return ((await answer.json()) as { access_token: string }).access_token;
};

export const get = async (fake: FakeGenesys, path: string, token?: string) => {
  const answer = await fetch(`${fake.url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  const body = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, headers: answer.headers, body };
};

export const details = (ids: string): string => `/api/v2/analytics/conversations/details?id=${ids}`;
export const idsIn = (body: Record<string, unknown>): readonly string[] =>
  (body['conversations'] as { conversationId: string }[]).map(({ conversationId }) => conversationId);
