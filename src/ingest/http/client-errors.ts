import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problems, type Refusal } from '../../core/ingest/problem';
import type { Metrics } from '../../ports';
import { problemBody, problemMediaType } from './answers';
import type { Connections } from './connections';
import { isPost } from './places';

const refusals: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { problem: 'too-slow', detail: 'Expected the whole request sooner.' },
  HPE_HEADER_OVERFLOW: { problem: 'headers-too-large', detail: 'Expected smaller headers.' },
};

const notHttp: Refusal = { problem: 'not-http', detail: 'Expected a request of HTTP/1.1, got something else.' };

const bareAnswer = (refusal: Refusal): string => {
  const { status } = problems[refusal.problem];
  const body = JSON.stringify(problemBody(refusal));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${problemMediaType}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
};

/** Answers what Node could not read as a request, or not in time: there is no reply to do it with, only the connection. */
export const clientErrorAnswerer =
  (metrics: Metrics, connections: () => Connections) =>
  (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const failing = connections().failing(socket);
    const hungUp = error.code === 'HPE_INVALID_EOF_STATE' || !socket.writable;
    if (failing === 'nothing' || hungUp) {
      socket.destroy();
      return;
    }
    const refusal = refusals[error.code ?? ''] ?? notHttp;
    if (failing && isPost(failing)) metrics.add('PostsAnswered', 1, { status: String(problems[refusal.problem].status) });
    socket.end(bareAnswer(refusal), () => socket.destroy());
  };
