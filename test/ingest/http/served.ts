import { connect, type Socket } from 'node:net';
import Ajv2020 from 'ajv/dist/2020';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { Post } from '../../../src/core/ingest/post';
import type { Ingest, PostOutcome } from '../../../src/ingest';
import type { HttpOutside, HttpSettings } from '../../../src/ingest/http/outside';
import { type IngestServer, serveIngest } from '../../../src/ingest/http/server';
import { virtualClock } from '../../../src/memory/clock';
import type { LogFields } from '../../../src/ports';

export const secret = 'made-up-secret-of-a-sender';
export const signingSecret = 'made-up-secret-to-sign-with';
export const postPath = '/v1/genesys/events';
export const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };

/** Says yes to everything, and remembers it. */
export const fakeIngest = (accept?: (post: Post) => Promise<PostOutcome>) => {
  const seen = { posts: [] as Post[], entered: 0, left: 0, bytes: [] as number[] };
  const ingest: Ingest = {
    enter: (bytes) => {
      seen.entered += 1;
      seen.bytes.push(bytes);
      return () => void (seen.left += 1);
    },
    accept: async (post) => {
      seen.posts.push(post);
      return (await accept?.(post)) ?? { kind: 'accepted', messageId: `message-${seen.posts.length}`, repeated: false };
    },
    report: () => undefined,
    drain: () => Promise.resolve(),
  };
  return { ingest, seen };
};

export type Given = Partial<HttpOutside> & { readonly settings?: Partial<HttpSettings> };

export const serve = async ({ settings, ...given }: Given = {}) => {
  const lines: { readonly message: string; readonly fields?: LogFields | undefined; readonly error?: unknown }[] = [];
  const counted: { readonly name: string; readonly value: number; readonly status: string | undefined }[] = [];
  const say = (message: string, fields?: LogFields, error?: unknown): void => void lines.push({ message, fields, error });
  const outside: HttpOutside = {
    ingest: fakeIngest().ingest,
    secrets: { read: () => Promise.resolve({ bearer: [secret], signing: [signingSecret] }) },
    clock: virtualClock(),
    log: { debug: say, info: say, warn: say, error: say },
    metrics: {
      add: (name, value, dimensions?: object) =>
        void counted.push({ name, value, status: (dimensions as { readonly status?: string } | undefined)?.status }),
    },
    isReady: () => true,
    version: '1.2.3',
    ...given,
  };
  const server: IngestServer = await serveIngest(outside, {
    host: '127.0.0.1',
    port: 0,
    maxBodyBytes: 100_000,
    maxWaiting: 10_000,
    maxPerSecond: 100_000,
    timeoutMs: 60_000,
    ...settings,
  });
  return { server, lines, counted, url: `http://127.0.0.1:${server.port}` };
};

export type Served = Awaited<ReturnType<typeof serve>>;

/** Servers that end with the test that started them. */
export const servers = () => {
  const open: Served[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ server }) => server.close()));
  });
  return async (given: Given = {}): Promise<Served> => {
    const served = await serve(given);
    open.push(served);
    return served;
  };
};

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** Statuses of posts that were answered, and held against the document. */
export const seenStatuses = new Set<string>();

/** That the document describes the answer: its status, its media type, its headers, its body. */
export const holdAgainst = (
  document: OpenAPIV3_1.Document,
  place: Required<Pick<Asked, 'method' | 'path'>>,
  answer: Answer,
): void => {
  const method = place.method.toLowerCase() as 'get' | 'post';
  const described = document.paths?.[place.path]?.[method]?.responses[answer.status] as OpenAPIV3_1.ResponseObject | undefined;
  if (!described) throw new Error(`The document knows no ${answer.status} of ${place.method} ${place.path}.`);
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const schema = described.content?.[type]?.schema;
  if (!schema) throw new Error(`The document knows no ${type} for ${answer.status}.`);
  if (!ajv.validate(schema, answer.json)) throw new Error(`${answer.status} is not as described: ${ajv.errorsText()}`);
  for (const name of Object.keys(described.headers ?? {}))
    if (!answer.headers.has(name)) throw new Error(`Expected ${answer.status} to have ${name}.`);
  if (method === 'post') seenStatuses.add(String(answer.status));
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export const documentOf = async ({ url }: Pick<Served, 'url'>): Promise<OpenAPIV3_1.Document> =>
  (await (await fetch(`${url}/openapi.json`)).json()) as OpenAPIV3_1.Document;

/** Asks, and holds whatever a place of the document answers against it. */
export const ask = async (served: Served, asked: Asked = {}): Promise<Answer> => {
  const { method = 'POST', path = postPath, headers: given = headers, body = '{"eventBody":{}}' } = asked;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const response = await fetch(`${served.url}${path}`, { method, headers: given, ...(hasBody ? { body } : {}) });
  const text = await response.text();
  const answer = {
    status: response.status,
    headers: response.headers,
    text,
    json: text === '' ? null : (JSON.parse(text) as unknown),
  };
  if (path === postPath && method === 'POST') holdAgainst(await documentOf(served), { method, path }, answer);
  return answer;
};

/** A connection by hand; `said` is all that came of it once it is closed, `until` once it matches. */
export const dial = async ({ server }: Pick<Served, 'server'>) => {
  const socket: Socket = connect(server.port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (part: string) => (text += part));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(text)) resolve(text);
      };
      socket.on('data', look);
      socket.once('close', () => reject(new Error(`Closed before ${pattern.source} came; came: ${text}`)));
      look();
    });
  return { socket, closed, until };
};

export const head = (more: readonly string[] = []): string =>
  [
    `POST ${postPath} HTTP/1.1`,
    'Host: door',
    `Authorization: ${headers.authorization}`,
    'Content-Type: application/json',
    ...more,
    '',
    '',
  ].join('\r\n');

/** Resolves when it holds: what it waits for happens on a socket, at no time of ours. */
export const when = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};
