import { get, login, start } from './fake-genesys-caller';

/* What the fake knows beside analytics; the adapters' own tests ask it for the rest. */

const named = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `u-${index}`, name: `User ${index}` }));
const idsIn = ({ body }: { readonly body: Record<string, unknown> }) =>
  (body['entities'] as readonly { readonly id: string }[]).map(({ id }) => id);

test('a page has 25 entries unless told otherwise, and says how many pages there are', async () => {
  const fake = await start({ directory: { users: named(30), queues: [], wrapUpCodes: [] } });
  const token = await login(fake);
  const first = await get(fake, '/api/v2/users', token);
  expect(idsIn(first)).toHaveLength(25);
  expect(first.body).toMatchObject({ pageSize: 25, pageNumber: 1, pageCount: 2, total: 30 });
  expect(idsIn(await get(fake, '/api/v2/users?pageNumber=2', token))).toEqual(
    named(30)
      .slice(25)
      .map(({ id }) => id),
  );
  expect((await get(fake, '/api/v2/users?pageSize=101', token)).status).toBe(400);
});

test('who has left is listed only where anybody is asked for; an id is repeated, not in a list with commas', async () => {
  const users = [...named(2), { id: 'gone', name: 'Ada', state: 'deleted' as const }];
  const fake = await start({ unknownIds: 'absent', directory: { users, queues: [], wrapUpCodes: [] } });
  const token = await login(fake);
  expect(idsIn(await get(fake, '/api/v2/users', token))).toEqual(['u-0', 'u-1']);
  expect(idsIn(await get(fake, '/api/v2/users?id=gone&id=u-1', token))).toEqual(['u-1']);
  expect(idsIn(await get(fake, '/api/v2/users?id=gone&id=u-1&state=any', token))).toEqual(['gone', 'u-1']);
  expect(idsIn(await get(fake, '/api/v2/users?id=gone,u-1&state=any', token))).toEqual([]);
});

test('the file of a transcript is for whoever has its URL, for an hour, and for nobody with a token', async () => {
  let nowMs = Date.UTC(2026, 0, 5);
  const fake = await start({ nowMs: () => nowMs });
  const token = await login(fake);
  const path = '/api/v2/speechandtextanalytics/conversations/c-1/communications/s-1/transcripturls';
  const { body } = await get(fake, path, token);
  const [{ url = '' } = {}] = body['urls'] as readonly { readonly url?: string }[];
  const statusOf = async (of: string, headers: Record<string, string> = {}) => (await fetch(of, { headers })).status;
  expect(await statusOf(url)).toBe(200);
  expect(await statusOf(url, { authorization: `Bearer ${token}` })).toBe(400);
  expect(await statusOf(url.replace('/0?', '/1?'))).toBe(403);
  nowMs += 3_600_000;
  expect(await statusOf(url)).toBe(403);
});
