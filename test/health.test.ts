import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import axios from 'axios';
import { openHealth } from '../src/commands/worker-health';
import { ConfigError } from '../src/config';
import { serveHealth, type HealthServer, type HealthSource } from '../src/health';
import { createPulse, stuckAfterMs } from '../src/worker/pulse';

const turning = { loop: 'receive', ageMs: 20, turns: true } as const;
const stuck = { loop: 'close', ageMs: 700_000, turns: false } as const;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const serve = async (source: Partial<HealthSource> = {}): Promise<HealthServer> => {
  const server = await serveHealth(0, { loops: () => [turning], isReady: () => true, ...source });
  closing.push(server.close);
  return server;
};

const ask = async ({ port }: Pick<HealthServer, 'port'>, place: string, method = 'GET') => {
  const url = `http://127.0.0.1:${port}${place}`;
  const { status, data } = await axios.request<unknown>({ url, method, proxy: false, validateStatus: () => true });
  return { status, data };
};

/** Waits on a port, and says nothing. */
const listen = async (server: Server): Promise<{ readonly port: number }> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.close();
    return Promise.resolve();
  });
  return { port: (server.address() as AddressInfo).port };
};

describe('a worker that is asked how it is', () => {
  test('is healthy while every loop turns, and says which loops there are', async () => {
    expect(await ask(await serve(), '/healthz')).toEqual({ status: 200, data: { healthy: true, loops: [turning] } });
  });

  test('is healthy before any loop has begun: it waits for the table, and a new one would wait, too', async () => {
    expect(await ask(await serve({ loops: () => [] }), '/healthz')).toMatchObject({ status: 200, data: { healthy: true } });
  });

  test('is unhealthy once one of them has stopped, and says which', async () => {
    const loops = [turning, stuck];
    const server = await serve({ loops: () => loops });
    expect(await ask(server, '/healthz')).toEqual({ status: 503, data: { healthy: false, loops } });
  });

  test('is ready or not, whatever its health', async () => {
    let isReady = false;
    const server = await serve({ isReady: () => isReady, loops: () => [stuck] });
    expect(await ask(server, '/readyz')).toEqual({ status: 503, data: { ready: false } });
    isReady = true;
    expect(await ask(server, '/readyz?verbose=1')).toEqual({ status: 200, data: { ready: true } });
  });

  test('answers nothing else, and changes nothing', async () => {
    const server = await serve();
    expect((await ask(server, '/')).status).toBe(404);
    expect((await ask(server, '/healthz/')).status).toBe(404);
    expect((await ask(server, '/__proto__')).status).toBe(404);
    expect((await ask(server, '/toString')).status).toBe(404);
    expect((await ask(server, '/healthz', 'POST')).status).toBe(405);
    expect(await ask(server, '/healthz', 'HEAD')).toEqual({ status: 200, data: '' });
  });
});

describe('the port', () => {
  const stop = () => {
    const [soft, hard] = [new AbortController(), new AbortController()];
    return { soft, signals: { soft: soft.signal, hard: hard.signal } };
  };
  const freePort = async (): Promise<number> => {
    const server = await serve();
    await server.close();
    closing.pop();
    return server.port;
  };

  test('is that of the configuration; ready is who polls and has not been told to stop', async () => {
    const [healthPort, { soft, signals }] = [await freePort(), stop()];
    let nowMs = 0;
    const pulse = createPulse({ monotonicMs: () => nowMs });
    closing.push(await openHealth({ healthPort }, pulse, signals));
    const answers = async () => [
      (await ask({ port: healthPort }, '/healthz')).status,
      (await ask({ port: healthPort }, '/readyz')).status,
    ];
    expect(await answers()).toEqual([200, 503]);
    pulse.begin('receive');
    expect(await answers()).toEqual([200, 200]);
    nowMs = stuckAfterMs + 1;
    expect(await answers()).toEqual([503, 200]);
    soft.abort();
    expect(await answers()).toEqual([503, 503]);
  });

  test('that somebody else has is a mistake of the configuration, told with what to do', async () => {
    const { port } = await serve();
    const opening = openHealth({ healthPort: port }, createPulse({ monotonicMs: () => 0 }), stop().signals);
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(
      `Expected HEALTH_PORT to be a free port of 127.0.0.1, got ${port}: something listens there already. 0 serves no health at all.`,
    );
  });

  test('0 is none', async () => {
    const close = await openHealth({ healthPort: 0 }, createPulse({ monotonicMs: () => 0 }), stop().signals);
    await close();
  });
});

describe('the health check of the container', () => {
  const check = (port: string): Promise<{ readonly code: number; readonly said: string }> =>
    new Promise((resolve) => {
      const args = ['--import', 'tsx', join(__dirname, '..', 'src', 'health-check.ts')];
      execFile(process.execPath, args, { env: { PATH: process.env['PATH'], HEALTH_PORT: port } }, (error, _, stderr) => {
        resolve({ code: Number(error?.code ?? 0), said: stderr });
      });
    });

  test('passes with a healthy worker, and says nothing', async () => {
    expect(await check(String((await serve()).port))).toEqual({ code: 0, said: '' });
  });

  test('passes where nobody is to be asked', async () => {
    expect(await check('0')).toEqual({ code: 0, said: '' });
  });

  test('fails with an unhealthy one, and says what that one says of itself', async () => {
    const { code, said } = await check(String((await serve({ loops: () => [stuck] })).port));
    expect([code, said]).toEqual([1, `HTTP 503: {"healthy":false,"loops":[${JSON.stringify(stuck)}]}\n`]);
  });

  test('fails where nobody listens', async () => {
    const server = await serve();
    await server.close();
    closing.pop();
    expect(await check(String(server.port))).toMatchObject({ code: 1, said: expect.stringContaining('ECONNREFUSED') as string });
  });

  test('fails where somebody listens and says nothing, or stops half way', async () => {
    const mute = await listen(createSocketServer(() => undefined));
    const halting = await listen(createServer((_, response) => void response.writeHead(200).write('{')));
    const answers = await Promise.all([mute, halting].map(({ port }) => check(String(port))));
    expect(answers.map(({ code }) => code)).toEqual([1, 1]);
    expect(answers[0]!.said).toContain('Expected an answer on port');
  });
});
