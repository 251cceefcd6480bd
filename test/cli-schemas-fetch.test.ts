import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeGenesys, type FakeGenesys } from '../localstack/embedded/genesys/server';
import { lockOf } from '../src/core/registry/lock';
import { subjectOf } from '../src/core/registry/subject';
import { createSchemaRegistry } from '../src/core/schema-registry';
import { readSchemaFiles, shippedSchemas } from '../src/schema-files';
import { offeredTopics } from './core/registry/genesys/offered-topics';
import { runHere } from './run-here';

/* `tidemark schemas fetch`, as its user meets it, against a Genesys that offers what the registry knows, more or less. */

const client = { id: 'client-1', secret: 'canary-secret-7741' };
const files = readSchemaFiles();
const all = offeredTopics(createSchemaRegistry(files));
/** A registry of two topics is read in no time. */
const few = ['v2.detail.events.conversation.acd.end', 'v2.detail.events.conversation.attributes'];
const offered = all.filter(({ id }) => few.includes(subjectOf(id)));
const mood = {
  id: 'v2.users.{id}.mood',
  transports: ['All'],
  schema: { type: 'object', properties: { mood: { type: 'string' } } },
};

let environment: typeof process.env;
let genesys: FakeGenesys;
let folder: string;
beforeAll(async () => {
  environment = { ...process.env };
  genesys = await startFakeGenesys({ clients: [client] });
});
beforeEach(() => {
  genesys.control.topics(offered);
  folder = mkdtempSync(join(tmpdir(), 'tidemark-fetch-'));
  use(genesys.url);
});
afterEach(() => {
  process.env = { ...environment };
  genesys.control.faults([]);
  rmSync(folder, { recursive: true });
});
afterAll(() => genesys.close());

const use = (url: string, secret = client.secret): void => {
  const places = { GENESYS_API_URL: url, GENESYS_LOGIN_URL: url };
  process.env = { ...environment, ...places, GENESYS_CLIENT_ID: client.id, GENESYS_CLIENT_SECRET: secret };
};
const inFolder = (name: string): string => join(folder, name);
const keep = (name: string, content: string): string => {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
};
const kept = (entities: readonly unknown[]): string => keep('answer.json', JSON.stringify({ entities }));
const aRegistry = (): string => {
  const registry = inFolder('registry');
  for (const name of [...few, 'subject.schema.json', 'compared.json'])
    cpSync(join(shippedSchemas, name), join(registry, name), { recursive: true });
  const lock = lockOf(files.filter(({ path }) => few.some((subject) => path.startsWith(`${subject}/`))));
  writeFileSync(join(registry, 'lock.json'), JSON.stringify(lock));
  return registry;
};
/** On the small registry. */
const fetchHere = (...args: readonly string[]) => runHere('schemas', 'fetch', '--registry', aRegistry(), ...args);
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

test('a Genesys that offers what the registry knows differs in nothing', async () => {
  genesys.control.topics(all);
  const { code, stdout, stderr } = await runHere('schemas', 'fetch');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Topics offered: ${all.length}, of those in the registry: ${all.length}.`);
  expect(stdout).toContain('Differences: 0.');
});

test('a new topic is a difference, in words and as JSON, and needs no variable of the worker', async () => {
  genesys.control.topics([...offered, mood]);
  process.env['CALL_DETAILS'] = 'off';
  const inWords = await fetchHere();
  expect(inWords).toMatchObject({ code: 1, stdout: expect.stringContaining('  v2.users.{id}.mood (1 fields)\n') as string });
  const asJson = await fetchHere('--json');
  expect(asJson.code).toBe(1);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ differences: 1, newTopics: [{ topic: mood.id }], changed: [], gone: [] });
});

test('an answer that was kept is compared as the one that came', async () => {
  genesys.control.topics([...offered, mood]);
  const first = await fetchHere('--save', inFolder('kept.json'), '--json');
  genesys.control.topics([]);
  const again = await fetchHere('--file', inFolder('kept.json'), '--json');
  const { source: asked, ...came } = JSON.parse(first.stdout) as Record<string, unknown>;
  const { source: read, ...wasKept } = JSON.parse(again.stdout) as Record<string, unknown>;
  expect(wasKept).toEqual(came);
  expect([asked, read]).toEqual([
    `what an organisation is offered at ${new URL(genesys.url).host}`,
    'what an organisation was offered, kept in kept.json',
  ]);
});

test('a comparison is noted in the registry with its day, found or not, and what payloads have shown stays', async () => {
  const registry = aRegistry();
  const before = readJson(join(registry, 'compared.json')) as object;
  expect((await runHere('schemas', 'fetch', '--registry', registry, '--record')).code).toBe(0);
  const today = new Date().toISOString().slice(0, 10);
  const source = `what an organisation is offered at ${new URL(genesys.url).host}`;
  expect(readJson(join(registry, 'compared.json'))).toEqual({ ...before, comparedOn: today, with: source });
  const file = kept([...offered, mood]);
  expect((await runHere('schemas', 'fetch', '--registry', registry, '--file', file, '--record', '2026-09-01')).code).toBe(1);
  expect(readJson(join(registry, 'compared.json'))).toMatchObject({ comparedOn: '2026-09-01' });
});

test('drafts are written and end the difference; a second time there is nothing to write', async () => {
  const registry = aRegistry();
  genesys.control.topics([...offered, mood]);
  const drafted = await runHere('schemas', 'fetch', '--registry', registry, '--write');
  expect(drafted.code).toBe(1);
  expect(drafted.stderr).toBe(
    'Wrote v2.users.mood/subject.json; nobody has released it yet.\nWrote v2.users.mood/v1.json; nobody has released it yet.\n',
  );
  expect(readJson(join(registry, 'v2.users.mood', 'v1.json'))).toMatchObject({ $id: 'schemas/v2.users.mood/v1.json' });
  const again = await runHere('schemas', 'fetch', '--registry', registry, '--write');
  expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
});

test('control characters of a value do not reach the terminal', async () => {
  const [first, ...rest] = offered.filter(({ id }) => id.endsWith('.acd.end'));
  const schema = first?.['schema'] as { readonly properties: object };
  const mediaType = { type: 'string', enum: ['\u001b[31mRED'] };
  const odd = { ...first, schema: { ...schema, properties: { ...schema.properties, mediaType } } };
  const { stdout } = await fetchHere('--file', kept([odd, ...rest]));
  expect(stdout).toContain(String.raw`"\u001b[31mRED"`);
  expect(stdout).not.toContain('\u001b');
});

describe('exit code 2, nothing printed, nothing noted, for', () => {
  const refused = async (...args: readonly string[]): Promise<string> => {
    // Nothing of a registry is read before there is something to compare it with.
    const registry = folder;
    const before = '{"comparedOn":"2026-08-15","with":"somebody"}';
    keep('compared.json', before);
    const { code, stdout, stderr } = await runHere('schemas', 'fetch', '--registry', registry, '--record', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readFileSync(join(registry, 'compared.json'), 'utf8')).toBe(before);
    expect(stderr).not.toContain('canary');
    return stderr;
  };
  const refusedFile = (content: string): Promise<string> => refused('2026-09-01', '--file', keep('answer.json', content));

  test('missing variables, all named', async () => {
    process.env = { PATH: environment['PATH'], CALL_DETAILS: 'off' };
    const stderr = await refused();
    for (const name of ['GENESYS_REGION', 'GENESYS_CLIENT_ID', 'GENESYS_CLIENT_SECRET'])
      expect(stderr).toContain(`${name}: expected`);
    expect(stderr).not.toContain('QUEUE_URL');
  });

  test('credentials that Genesys does not know', async () => {
    use(genesys.url, 'canary-wrong-1');
    expect(await refused()).toContain("Check the client's id and secret");
  });

  test('a token that is turned down twice', async () => {
    genesys.control.faults([{ answer: 401, times: 2 }]);
    expect(await refused()).toContain('turned down a fresh token');
  });

  test('too many requests', async () => {
    genesys.control.faults([{ answer: 429, retryAfterSeconds: 61 }]);
    expect(await refused()).toContain('Try again in 61 s');
  });

  test('an API that does not know the call', async () => {
    genesys.control.faults([{ answer: 404 }]);
    expect(await refused()).toContain('Check that GENESYS_API_URL is the API host');
  });

  test('a host that answers something else than JSON', async () => {
    const server = createServer((request, response) => {
      const token = JSON.stringify({ access_token: 'canary-token', expires_in: 300 });
      request.resume().on('end', () => response.end(request.url === '/oauth/token' ? token : '<html>canary</html>'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      expect(await refused()).toContain('expected JSON, ');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  test('nobody there', async () => {
    use('http://127.0.0.1:9');
    expect(await refused()).toContain(
      'expected a token for OAuth client client-1, http://127.0.0.1:9 answered nothing ECONNREFUSED',
    );
  });

  test('topics without a single schema', async () => {
    expect(await refusedFile(JSON.stringify({ entities: offered.map(({ id }) => ({ id })) }))).toContain(
      'ask with `expand=schema',
    );
  });

  test('an answer to another question', async () => {
    expect(await refusedFile('{"entities":[]}')).toContain('Expected the answer of GET /api/v2/notifications/availabletopics');
  });

  test('a file that is no JSON, or is not there', async () => {
    expect(await refusedFile('canary {')).toContain('it is no JSON');
    expect(await refused('2026-09-01', '--file', inFolder('nowhere.json'))).toContain('no such file');
  });

  test('a kept answer whose day is not told, and a day that is none', async () => {
    expect(await refused('--file', kept(offered))).toContain('--record 2026-08-15');
    expect(await refused('2026-02-31')).toContain('Expected a day such as');
    expect(await refused('2999-01-01')).toContain('not still to come');
  });

  test('a folder that is no registry', async () => {
    const { code, stdout, stderr } = await runHere(
      'schemas',
      'fetch',
      '--registry',
      inFolder('nowhere'),
      '--save',
      inFolder('kept.json'),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Expected the folder of a schema registry');
    // The answer may be looked at all the same.
    expect(readJson(inFolder('kept.json'))).toMatchObject({ entities: { length: offered.length } });
  });
});
