import { request } from 'node:http';
import { genesysTopics } from '../../src/genesys/topics';
import { anOutside } from '../genesys/outside';
import { basic, client, details, form, start } from './fake-genesys-caller';

const german = 'mypurecloud.de';
const irish = 'mypurecloud.ie';
const both = { regions: [german, irish], clients: [{ ...client, region: german }] };

const loginAt = (url: string): Promise<Response> =>
  fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': form, authorization: basic(client) },
    body: 'grant_type=client_credentials',
  });
const tokenAt = async (url: string): Promise<string> =>
  ((await (await loginAt(url)).json()) as { access_token: string }).access_token;
const askAt = async (url: string, token: string) => {
  const answer = await fetch(`${url}${details('a')}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

test('a token is good in its own region and unknown in another', async () => {
  const { regions } = await start(both);
  const token = await tokenAt(regions[german]!.loginUrl);
  expect((await askAt(regions[german]!.apiUrl, token)).status).toBe(200);
  expect(await askAt(regions[irish]!.apiUrl, token)).toMatchObject({ status: 401, body: { code: 'bad.credentials' } });
});

test('a client is known in its own region only', async () => {
  const { regions } = await start(both);
  const refused = await loginAt(regions[irish]!.loginUrl);
  expect([refused.status, await refused.json()]).toEqual([401, expect.objectContaining({ error: 'invalid_client' })]);
});

test('a login host has no API, an API host gives no token', async () => {
  const { regions } = await start(both);
  const token = await tokenAt(regions[german]!.loginUrl);
  expect((await askAt(regions[german]!.loginUrl, token)).status).toBe(404);
  expect((await loginAt(regions[german]!.apiUrl)).status).toBe(404);
});

test('the host that a request names goes before the port it came in by', async () => {
  const { url, control } = await start({ clients: [client] });
  const statusAt = (
    host: string,
    method: 'GET' | 'POST',
    headers: Readonly<Record<string, string>>,
  ): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const [path, body] = method === 'POST' ? ['/oauth/token', 'grant_type=client_credentials'] : [details('a'), ''];
      const asked = request(`${url}${path}`, { method, headers: { ...headers, host } }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode));
      });
      asked.on('error', reject).end(body);
    });
  const credentials = { 'content-type': form, authorization: basic(client) };
  expect(await statusAt(`login.${german}`, 'POST', credentials)).toBe(200);
  expect(await statusAt(`api.${german}`, 'POST', credentials)).toBe(404);
  const bearer = { authorization: `Bearer ${await tokenAt(url)}` };
  expect(await statusAt(`api.${german}`, 'GET', bearer)).toBe(401);
  expect(await statusAt('127.0.0.1', 'GET', bearer)).toBe(200);
  expect(control.requests()).toHaveLength(5);
});

test.each([
  ['both hosts of another region', irish, irish, /answered 401 invalid_client.*region/],
  ['the API host of another region', irish, german, /turned down a fresh token.*region/],
])('the program that is given %s says that the region may be wrong', async (_, api, login, why) => {
  const { regions } = await start(both);
  const { outside } = anOutside(client.id, client.secret);
  const hosts = { apiUrl: regions[api]!.apiUrl, loginUrl: regions[login]!.loginUrl };
  const answer = await genesysTopics({ ...hosts, timeoutMs: 10_000, retryDelayMs: () => 0 }, outside).fetch();
  expect(answer).toMatchObject({ kind: 'refused', why: expect.stringMatching(why) as string });
});
