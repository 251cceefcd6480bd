import { connect } from 'node:net';
import type { PostOutcome } from '../../../src/ingest';
import { virtualClock } from '../../../src/memory/clock';
import { dial, fakeIngest, head, serve, servers, when } from './served';

const started = servers();

/** Answers when it is told to. */
const held = () => {
  const waiting: ((outcome: PostOutcome) => void)[] = [];
  const fake = fakeIngest(() => new Promise((resolve) => waiting.push(resolve)));
  const answer = (messageId: string): void => waiting.shift()?.({ kind: 'accepted', messageId, repeated: false });
  return { ...fake, waiting, answer };
};

const body = '{"eventBody":{}}';
/** Why nobody can connect. */
const whyNot = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => connect(port, '127.0.0.1').once('error', ({ code }: NodeJS.ErrnoException) => resolve(code)));

const whole = (more: readonly string[] = []): string => head([`Content-Length: ${body.length}`, ...more]) + body;
const statuses = (text: string): readonly string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status);

describe('a sender that is slow', () => {
  test('with its body, is told so once, loses its place, and nothing is written', async () => {
    const { ingest, seen } = fakeIngest();
    const served = await started({ ingest, settings: { timeoutMs: 100 } });
    const { socket, closed } = await dial(served);
    socket.write(head([`Content-Length: ${body.length}`]) + body.slice(1));
    const said = await closed;
    expect(statuses(said)).toEqual(['408']);
    expect(said).toContain('Content-Type: application/problem+json');
    await when(() => seen.left === 1);
    expect([seen.posts, seen.entered]).toEqual([[], 1]);
    expect(served.counted).toEqual([{ name: 'PostsAnswered', value: 1, status: '408' }]);
    expect(served.lines).toEqual([]);
  });

  test('with its head, is told so; whoever keeps a connection open and asks nothing is left alone', async () => {
    const served = await started({ settings: { timeoutMs: 100 } });
    const [kept, slow] = [await dial(served), await dial(served)];
    kept.socket.write(whole());
    await kept.until(/message-1/);
    slow.socket.write('POST /v1/gen');
    expect(statuses(await slow.closed)).toEqual(['408']);
    kept.socket.write(whole());
    expect(statuses(await kept.until(/message-2/))).toEqual(['200', '200']);
    kept.socket.destroy();
  });

  test('and has been answered already is cut off without another answer', async () => {
    const served = await started({ settings: { timeoutMs: 100 } });
    const { socket, closed } = await dial(served);
    socket.write(head(['Content-Length: 100001']));
    expect(statuses(await closed)).toEqual(['413']);
  });
});

describe('a sender that hangs up', () => {
  test('in the middle of its body leaves, and nothing is written', async () => {
    const { ingest, seen } = fakeIngest();
    const served = await started({ ingest });
    const { socket } = await dial(served);
    socket.write(head([`Content-Length: ${body.length}`]) + '{');
    await when(() => seen.entered === 1);
    socket.destroy();
    await when(() => seen.left === 1);
    expect([seen.posts, served.lines, served.counted]).toEqual([[], [], []]);
  });

  test('while it is asked who it is leaves', async () => {
    const { ingest, seen } = fakeIngest();
    const secrets = { read: () => new Promise<null>(() => undefined) };
    const { socket } = await dial(await started({ ingest, secrets }));
    socket.write(head([`Content-Length: ${body.length}`]) + '{');
    await when(() => seen.entered === 1);
    socket.destroy();
    await when(() => seen.left === 1);
  });

  test('after it leaves when its post is answered, not before: it is still in hand', async () => {
    const { ingest, seen, waiting, answer } = held();
    const { socket } = await dial(await started({ ingest }));
    socket.write(whole());
    await when(() => waiting.length === 1);
    socket.destroy();
    await when(() => socket.closed);
    expect(seen.left).toBe(0);
    answer('late');
    await when(() => seen.left === 1);
  });
});

describe('a connection', () => {
  test('may bring posts one after the other without waiting: each gets its own answer, in order', async () => {
    const { ingest, seen, waiting } = held();
    const { socket, until } = await dial(await started({ ingest }));
    socket.write(whole() + whole() + whole());
    await when(() => waiting.length === 3);
    for (const n of [2, 0, 1]) waiting[n]?.({ kind: 'accepted', messageId: `m-${n}`, repeated: false });
    const said = await until(/m-2/);
    expect([...said.matchAll(/m-\d/g)].map(([id]) => id)).toEqual(['m-0', 'm-1', 'm-2']);
    expect(seen.left).toBe(3);
    socket.destroy();
  });

  test('that turns to something else while a post is under way is cut: no answer is taken for the post’s', async () => {
    const { ingest, waiting, answer } = held();
    const { socket, closed } = await dial(await started({ ingest }));
    socket.write(whole());
    await when(() => waiting.length === 1);
    socket.write('not HTTP at all\r\n\r\n');
    expect(await closed).toBe('');
    answer('late');
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', '400'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: door\r\n${'x: y\r\n'.repeat(20_000)}`, '431'],
    ['two lengths', head(['Content-Length: 1', 'Content-Length: 2']), '400'],
    ['a length and chunks', head(['Content-Length: 1', 'Transfer-Encoding: chunked']), '400'],
    ['a chunk that is none', `${head(['Transfer-Encoding: chunked'])}zz\r\n`, '400'],
  ])('that brings %s is answered a problem and closed', async (_what, sent, status) => {
    const served = await started();
    const { socket, closed } = await dial(served);
    socket.write(sent);
    const said = await closed;
    expect(statuses(said)).toEqual([status]);
    expect(said).toContain('"type":"urn:tidemark:problem:');
    expect(served.lines).toEqual([]);
  });

  test('whose body has no announced length is cut where it is too large', async () => {
    const { ingest, seen } = fakeIngest();
    const { socket, until } = await dial(await started({ ingest, settings: { maxBodyBytes: 1_000 } }));
    socket.write(head(['Transfer-Encoding: chunked']));
    socket.write(`3e8\r\n${'x'.repeat(1_000)}\r\n1\r\nx\r\n`);
    expect(statuses(await until(/too-large/))).toEqual(['413']);
    expect([seen.bytes, seen.entered, seen.left, seen.posts]).toEqual([[1_000], 1, 1, []]);
    socket.destroy();
  });

  test('that expects more than HTTP promises is answered as any other', async () => {
    const { socket, until } = await dial(await started());
    socket.write(whole(['Expect: the unexpected']));
    expect(statuses(await until(/message-1/))).toEqual(['200']);
    socket.destroy();
  });

  test('that repeats a header is told so', async () => {
    const { socket, until } = await dial(await started());
    socket.write(whole(['X-Idempotency-Key: a', 'X-Idempotency-Key: b']));
    expect(statuses(await until(/bad-header/))).toEqual(['400']);
    socket.destroy();
  });
});

describe('a door that closes', () => {
  test('answers what is under way, tells it to go, lets nobody in, and waits for no one who asks nothing', async () => {
    const { ingest, waiting, answer } = held();
    const { server } = await serve({ ingest });
    const [busy, silent, halfway] = [await dial({ server }), await dial({ server }), await dial({ server })];
    busy.socket.write(whole());
    halfway.socket.write('POST /v1');
    await when(() => waiting.length === 1);
    const closing = server.close();
    expect([await silent.closed, await halfway.closed]).toEqual(['', '']);
    expect(await whyNot(server.port)).toBe('ECONNREFUSED');
    answer('at last');
    await closing;
    const said = await busy.closed;
    expect(said).toContain('at last');
    expect(said).toMatch(/connection: close/i);
  });

  test('has a limit to its patience with a body that does not come', async () => {
    const clock = virtualClock();
    const { ingest, seen } = fakeIngest();
    const { server } = await serve({ ingest, clock });
    const { socket, closed } = await dial({ server });
    socket.write(head(['Content-Length: 10']));
    await when(() => seen.entered === 1);
    const closing = server.close();
    await when(() => clock.nextWakeMs() !== null);
    await clock.advance(120_000);
    await closing;
    expect(await closed).toBe('');
    expect(seen.posts).toEqual([]);
  });
});
