import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendSteadily } from '../../localstack/bench/generate/steady';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
});

const aServer = async (statusOf: (request: IncomingMessage, nth: number) => number | null): Promise<string> => {
  let nth = 0;
  const server = createServer((request, response) => {
    const status = statusOf(request, nth++);
    if (status === null) request.socket.destroy();
    else request.resume().once('end', () => response.writeHead(status).end(`answer ${nth}`));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const send = async (url: string, count: number) => {
  const heard: string[] = [];
  const job = {
    ...{ url, headers: {}, bodies: ['a', 'b', 'c'], ownHeader: 'x-own', warmupSeconds: 0, seconds: 1 },
    load: { kind: 'closed', connections: 1 } as const,
    watch: { subjectPid: 0, backend: null },
  };
  const pace = { perSecond: count * 10, connections: 3, seconds: 0.1 };
  const taken = await sendSteadily(job, pace, (body, { status }) => void heard.push(`${body} ${status}`));
  return { heard, counts: Object.fromEntries([...taken].map(([status, list]) => [status, list.length])) };
};

describe('a steady load', () => {
  test('every post is sent, answered and counted once, though fewer connections than posts are there', async () => {
    const own = new Set<unknown>();
    const url = await aServer((request) => {
      own.add(request.headers['x-own']);
      return 200;
    });
    const { heard, counts } = await send(url, 60);
    expect(counts).toEqual({ '200': 60 });
    expect(own.size).toBe(60);
    expect(['a', 'b', 'c'].map((body) => heard.filter((one) => one === `${body} 200`).length)).toEqual([20, 20, 20]);
  });

  test('each status counts by itself, and no answer is one of them', async () => {
    const { counts } = await send(await aServer((_request, nth) => [200, 503, null][nth % 3]!), 30);
    expect(counts['200']! + counts['503']! + counts['0']!).toBe(30);
    expect(Math.min(counts['200']!, counts['503']!, counts['0']!)).toBeGreaterThan(0);
  });
});
