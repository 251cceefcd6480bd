import { emptyDirectory, type Directory } from '../../localstack/embedded/genesys/directory';
import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from '../../localstack/embedded/genesys/server';
import type { NameKind } from '../../src/core/genesys-answers';
import { createGenesysClient } from '../../src/genesys/client';
import { genesysNames } from '../../src/genesys/names';
import { anOutside } from './outside';

const client = { id: 'client-1', secret: 'canary-secret-3307' };
const hourMs = 3_600_000;
let genesys: FakeGenesys;
let stop: AbortController;
let running: Promise<void>;

afterEach(async () => {
  stop.abort();
  await running;
  await genesys.close();
});

const directory = (parts: Partial<Directory>): Directory => ({ ...emptyDirectory, ...parts });

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise<void>((resolve) => setImmediate(resolve));
};

const start = async (options: Partial<FakeGenesysOptions> = {}) => {
  const { outside, clock, lines } = anOutside(client.id, client.secret);
  genesys = await startFakeGenesys({ clients: [client], nowMs: clock.nowMs, unknownIds: 'absent', ...options });
  const settings = { apiUrl: genesys.url, loginUrl: genesys.url, timeoutMs: 10_000, retryDelayMs: () => 0 };
  const names = genesysNames(createGenesysClient(settings, outside), outside);
  const questions = () => genesys.control.requests().filter(({ url }) => url.startsWith('/api'));
  const of = (path: string) => questions().filter(({ url }) => url.includes(path));
  stop = new AbortController();
  running = names.run(stop.signal);
  /** It has asked all there is to ask, and waits for its next look. */
  const asleep = () => until(() => clock.nextWakeMs() !== null);
  await asleep();
  return {
    nameOf: (kind: NameKind, id: string) => names.nameOf(kind, id),
    after: async (ms: number) => {
      await clock.advance(ms);
      await asleep();
    },
    clock,
    asleep,
    questions,
    of,
    lines,
  };
};

const named = (count: number, kind: string) =>
  Array.from({ length: count }, (_, index) => ({ id: `${kind}-${index}`, name: `${kind} ${index}` }));

test('all names are known soon after the start, however many pages they fill', async () => {
  const users = named(230, 'user');
  const queues = named(100, 'queue');
  const wrapUpCodes = [{ id: 'w-1', name: 'Sold' }];
  const { nameOf, of } = await start({ directory: { users, queues, wrapUpCodes } });
  expect([nameOf('user', 'user-0'), nameOf('user', 'user-229')]).toEqual(['user 0', 'user 229']);
  expect(nameOf('queue', 'queue-99')).toBe('queue 99');
  expect(nameOf('wrapUpCode', 'w-1')).toBe('Sold');
  // An id means something within its kind.
  expect(nameOf('queue', 'user-0')).toBeNull();
  expect([of('/users'), of('/queues'), of('/wrapupcodes')].map(({ length }) => length)).toEqual([3, 1, 1]);
});

test('an id that is not known is looked up a few seconds later, together with the others, and whoever has left still has a name', async () => {
  const { nameOf, after, of } = await start();
  const users = [...named(60, 'user'), { id: 'gone', name: 'Ada', state: 'deleted' as const }];
  genesys.control.directory(directory({ users }));
  for (const { id } of users) expect(nameOf('user', id)).toBeNull();
  expect(of('/users')).toHaveLength(1);
  await after(5_000);
  expect(nameOf('user', 'gone')).toBe('Ada');
  expect(nameOf('user', 'user-59')).toBe('user 59');
  // The list at first, then 50 ids and 11.
  expect(of('/users')).toHaveLength(3);
});

test.each(['left-out', 'not-found'] as const)(
  'an id without a name is not asked for again for an hour (%s)',
  async (unknownIdInDirectory) => {
    const { nameOf, after, of } = await start({ switches: { unknownIdInDirectory } });
    genesys.control.directory(directory({ queues: named(3, 'queue') }));
    const look = () => ['queue-0', 'nobody', 'queue-1', 'queue-2'].map((id) => nameOf('queue', id));
    look();
    await after(5_000);
    expect(look()).toEqual(['queue 0', null, 'queue 1', 'queue 2']);
    const asked = of('/queues').length;
    await after(hourMs - 10_000);
    expect(look()[1]).toBeNull();
    await after(5_000);
    expect(of('/queues')).toHaveLength(asked);
    genesys.control.directory(directory({ queues: [{ id: 'nobody', name: 'Somebody' }] }));
    await after(5_000);
    look();
    await after(5_000);
    expect(look()[1]).toBe('Somebody');
  },
);

test('what was renamed is known by its new name some hours later', async () => {
  const { nameOf, after } = await start({ directory: directory({ queues: [{ id: 'q-1', name: 'Old' }] }) });
  genesys.control.directory(directory({ queues: [{ id: 'q-1', name: 'New' }] }));
  await after(hourMs);
  expect(nameOf('queue', 'q-1')).toBe('Old');
  await after(5 * hourMs);
  expect(nameOf('queue', 'q-1')).toBe('New');
});

test('a missing permission costs one line with its name and one request an hour, and the other kinds nothing', async () => {
  const permissions = ['routing:wrapupCode:view'];
  const { nameOf, after, of, lines } = await start({
    clients: [{ ...client, permissions }],
    directory: { ...emptyDirectory, users: [{ id: 'u', name: 'Ada' }], wrapUpCodes: [{ id: 'w', name: 'Sold' }] },
  });
  expect([nameOf('user', 'u'), nameOf('wrapUpCode', 'w')]).toEqual(['Ada', 'Sold']);
  const told = () => lines.filter((line) => line.includes('routing:queue:view'));
  for (let minute = 0; minute < 59; minute += 1) {
    nameOf('queue', `q-${minute}`);
    await after(60_000);
  }
  expect(of('/queues')).toHaveLength(1);
  expect(told()).toHaveLength(1);
  await after(60_000);
  await after(5_000);
  expect(of('/queues')).toHaveLength(2);
  expect(told()).toHaveLength(2);
});

test('when Genesys wants to be left alone it is, and the list goes on where it stopped', async () => {
  const users = named(250, 'user');
  const { nameOf, after, of, questions } = await start({
    directory: directory({ users }),
    faults: [
      { answer: 'as-usual', path: '/users' },
      { answer: 429, path: '/users', retryAfterSeconds: 60 },
    ],
  });
  expect([nameOf('user', 'user-0'), nameOf('user', 'user-249')]).toEqual(['user 0', null]);
  const asked = questions().length;
  await after(50_000);
  expect(questions()).toHaveLength(asked);
  await after(15_000);
  expect(nameOf('user', 'user-249')).toBe('user 249');
  expect(of('/users').map(({ url }) => /pageNumber=\d/.exec(url)?.[0])).toEqual([
    'pageNumber=1',
    'pageNumber=2',
    'pageNumber=2',
    'pageNumber=3',
  ]);
});

test.each(['broken-json', 'html', 'empty', 'list', 503, 'cut', 'half'] as const)(
  'an answer that is %s ends nothing',
  async (answer) => {
    const { nameOf, after, clock } = await start({
      directory: directory({ users: [{ id: 'u-1', name: 'Ada' }] }),
      faults: [{ answer, path: '/users', times: 3 }],
    });
    for (let look = 0; look < 6; look += 1) {
      nameOf('user', 'u-1');
      await after(60_000);
    }
    expect(nameOf('user', 'u-1')).toBe('Ada');
    expect(clock.nextWakeMs()).not.toBeNull();
  },
);

test('entries without an id or a name are nobody', async () => {
  const users = [7, { id: null, name: 'x' }, { id: 'u-1', name: null }, { id: 'u-2' }, { id: 'u-3', name: 'Ada' }];
  const { nameOf } = await start({ directory: directory({ users: users as never }) });
  expect(['u-1', 'u-2', 'u-3'].map((id) => nameOf('user', id))).toEqual([null, null, 'Ada']);
});

test('a request under way does not hold up the end', async () => {
  const { clock } = await start();
  genesys.control.faults([{ answer: 'hang', times: 3 }]);
  await clock.advance(6 * hourMs);
  await until(() => genesys.control.requests().some(({ status }) => status === 'hang'));
  stop.abort();
  await running;
});

test('no name is in a log line', async () => {
  const { nameOf, after, lines } = await start({ directory: directory({ users: [{ id: 'u-1', name: 'canary-name' }] }) });
  nameOf('user', 'u-2');
  await after(5_000);
  expect(nameOf('user', 'u-1')).toBe('canary-name');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join()).not.toContain('canary');
});
