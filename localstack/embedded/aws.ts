import { createServer, type ServerResponse } from 'node:http';
import { listenOnLoopback } from './loopback';
import { startQueueAndTopic } from './queue-and-topic';
import { startSecrets } from './secrets';
import { credentialScope } from './signature';
import type { StandIn } from './stand-in';
import { startStacks } from './stacks';
import { startStateMachines, type StateMachineOptions } from './state-machine-api';
import { startTable } from './table';

export interface EmbeddedAws {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A client waits 60 s and more between two calls; a server that hangs up first fails the next one. */
const keepAliveMs = 120_000;

const refuse = (response: ServerResponse, service: string | undefined, known: readonly string[]): void => {
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  const message = `Expected a request signed for one of ${known.join(', ')}; got ${service ?? 'no signature'}`;
  response.end(JSON.stringify({ __type: 'UnknownOperationException', message }));
};

/**
 * One endpoint for all of AWS, as LocalStack has: one server, each request handed to the stand-in that its signature names. Nothing
 * is proxied, so long polls, keep-alive and queue URLs are the stand-ins' own.
 */
export const startAws = async (port = 0, workflows: StateMachineOptions = {}): Promise<EmbeddedAws> => {
  const queueAndTopic = await startQueueAndTopic();
  const own = { url: '' };
  const standIns = new Map<string, StandIn>([
    ['sqs', queueAndTopic],
    ['sns', queueAndTopic],
    ['sts', queueAndTopic],
    ['dynamodb', startTable(() => own.url)],
    ['states', startStateMachines({ endpointUrl: () => own.url, ...workflows })],
    ['secretsmanager', startSecrets()],
    ['cloudformation', startStacks()],
  ]);
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const service = credentialScope(request.headers)?.service;
    const standIn = standIns.get(service ?? '');
    if (standIn) standIn.handle(request, response);
    else refuse(response, service, [...standIns.keys()]);
  });
  const { url, close } = await listenOnLoopback(server, port);
  own.url = url;
  return {
    url,
    close: async () => {
      await close();
      await Promise.all([...new Set(standIns.values())].map((standIn) => standIn.close()));
    },
  };
};
