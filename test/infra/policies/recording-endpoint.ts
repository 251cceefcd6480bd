import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../../localstack/embedded/loopback';
import { iamRequestsOf } from './iam-request';
import type { IamRequest } from './policy';

export interface RecordingEndpoint {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** What has been asked since the last time. */
  readonly taken: () => readonly IamRequest[];
  readonly close: () => Promise<void>;
}

/** Stands before an endpoint, hands everything on as it is, and remembers what IAM would have been asked. */
export const startRecordingEndpoint = async (endpointUrl: string): Promise<RecordingEndpoint> => {
  let recorded: IamRequest[] = [];
  const { hostname, port } = new URL(endpointUrl);
  const handOn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    recorded.push(...iamRequestsOf({ headers: request.headers, body }));
    const { method, url, headers } = request;
    const onward = send({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  };
  const server = createServer((request, response) => {
    handOn(request, response).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'NotRecorded', message: String(error) }));
    });
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    taken: () => {
      const since = recorded;
      recorded = [];
      return since;
    },
    close,
  };
};
