import { client, get, login, start } from './fake-genesys-caller';

const path = '/api/v2/notifications/availabletopics';
const topic = {
  id: 'v2.users.{id}.presence',
  description: 'Presence of a user',
  transports: ['All'],
  schema: { type: 'object', id: 'urn:jsonschema:v2:Presence', properties: {} },
};

test('topics come with what they are to be expanded with, and nothing else', async () => {
  const fake = await start({ topics: [topic] });
  const token = await login(fake);
  const entities = async (query: string) => (await get(fake, `${path}${query}`, token)).body['entities'];
  expect(await entities('')).toEqual([{ id: topic.id }]);
  expect(await entities('?expand=schema&expand=transports')).toEqual([
    { id: topic.id, schema: topic.schema, transports: topic.transports },
  ]);
  expect(await entities('?expand=schema,transports')).toEqual([{ id: topic.id }]);
});

test('topics need a token and no permission, and count against the limit', async () => {
  const fake = await start({ clients: [{ ...client, permissions: [] }], topics: [topic], limits: { requestsPerMinute: 1 } });
  expect((await get(fake, path)).status).toBe(401);
  const token = await login(fake);
  expect((await get(fake, path, token)).status).toBe(200);
  expect((await get(fake, path, token)).status).toBe(429);
});

test('topics can be scripted from outside', async () => {
  const fake = await start();
  expect((await get(fake, path, await login(fake))).body).toEqual({ entities: [] });
  await fetch(`${fake.url}/_control/topics`, { method: 'PUT', body: JSON.stringify([topic]) });
  expect((await get(fake, path, await login(fake))).body).toEqual({ entities: [{ id: topic.id }] });
});
