import { request, type Agent, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Answer } from './call';

export interface FullAnswer extends Answer {
  readonly headers: OutgoingHttpHeaders;
}

/** Hop by hop, and what is no longer true of a body that was read to its end. */
const hops = new Set(['connection', 'keep-alive', 'transfer-encoding']);
export const withoutHops = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hops.has(name)));

/** Sends a call on, whole. Resolves with the whole answer. */
export const forward = (agent: Agent, upstream: URL, asked: IncomingMessage, body: Buffer): Promise<FullAnswer> =>
  new Promise((resolve, reject) => {
    // AWS would look at the signature of the host; what stands in for it looks at the name to know its own queues by.
    const headers = { ...withoutHops(asked.headers), host: upstream.host, 'content-length': body.length };
    const { hostname: host, port } = upstream;
    const onward = request({ agent, host, port, method: asked.method, path: asked.url, headers }, (answer) => {
      buffer(answer).then((whole) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: whole }), reject);
    });
    onward.once('error', reject).end(body);
  });
