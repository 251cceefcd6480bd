import { createServer, request as send, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../localstack/embedded/loopback';

export interface Forwarded {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Stands before an endpoint and hands everything on, with the body that `see` answers. */
export const startForwardingEndpoint = async (
  endpointUrl: string,
  see: (request: Forwarded) => string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const { host, hostname, port } = new URL(endpointUrl);
  const handOn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url: path, headers } = request;
    const body = see({ headers, body: await text(request) });
    // A queue's URL is where it was asked for.
    const newHeaders = { ...headers, host, 'content-length': String(Buffer.byteLength(body)) };
    const onward = send({ hostname, port, method, path, headers: newHeaders }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  };
  const server = createServer((request, response) => {
    handOn(request, response).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'NotHandedOn', message: String(error) }));
    });
  });
  return listenOnLoopback(server, 0);
};

/** Nobody waits for letters that there are not: a short poll of the stand-ins finds whatever there is. */
export const hurried = (body: string): string => body.replace(/"WaitTimeSeconds":\d+/, '"WaitTimeSeconds":0');
