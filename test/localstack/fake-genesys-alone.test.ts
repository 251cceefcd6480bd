import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';

const program = join(__dirname, '../../localstack/embedded/genesys/main.ts');

const run = (...args: readonly string[]) =>
  spawn(process.execPath, ['--import', 'tsx', program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });

const ended = async (child: ReturnType<typeof run>) => {
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { out, err, code };
};

test('one line says where it and its regions are, it is as it was told to be, and ends with whoever started it', async () => {
  const limits = 'limits={"requestsPerMinute":7}';
  const child = run('--port', '0', '--region', 'mypurecloud.de', '--switch', 'refusedClient=400', '--set', limits);
  const gone = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { genesys, regions } = JSON.parse(line) as {
    genesys: string;
    regions: Record<string, { apiUrl: string; loginUrl: string }>;
  };
  expect(Object.keys(regions)).toEqual(['mypurecloud.de']);
  const login = (url: string, secret: string) =>
    fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`test:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
  expect((await login(genesys, 'wrong')).status).toBe(400);
  const { access_token } = (await (await login(regions['mypurecloud.de']!.loginUrl, 'test')).json()) as { access_token: string };
  const answer = await fetch(`${regions['mypurecloud.de']!.apiUrl}/api/v2/notifications/availabletopics`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  expect([answer.status, answer.headers.get('inin-ratelimit-allowed')]).toEqual([200, '7']);
  // Else it could not be provisioned.
  expect(await answer.text()).toContain('v2.detail.events.conversation.{id}.customer.end');
  child.stdin.end();
  expect(await gone).toEqual([0, null]);
});

test('--help and --switches say what there is', async () => {
  const [help, switches] = await Promise.all([ended(run('--help')), ended(run('--switches'))]);
  expect([help.code, switches.code]).toEqual([0, 0]);
  expect(help.out).toContain('--region DOMAIN');
  expect(switches.out).toContain('unknownIdInList: left-out | not-found');
});

test.each([
  [['--switch', 'mostIds=7'], 'Expected mostIds to be one of 100, 50, 20; got 7'],
  [['--set', 'lag=soon'], 'Expected JSON after --set lag=, got soon'],
  [['--port', 'x'], 'Expected --port to be a number up to 65535, got x'],
  [['--weather'], "Unknown option '--weather'"],
])('%j is refused with what was expected', async (args, expected) => {
  const { code, out, err } = await ended(run(...args, ...(args[0] === '--port' ? [] : ['--port', '0'])));
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(expected);
});
