import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Call, readCall } from '../../localstack/chaos/call';
import { forward, withoutHops } from '../../localstack/chaos/forward';
import { listenOnLoopback } from '../../localstack/embedded/loopback';
import { type Answer, withFailedEntries, withoutEvenEntries } from './batch-entries';

/**
 * What becomes of a call to AWS. `refuse`: 500, and it was not applied. `lose`: 500, and it was. `drop`: the connection ends, not applied.
 * `cut`: the connection ends, applied. `hang`: no answer ever, not applied. `some`: of a batch every other entry, the first included,
 * fails.
 */
export type Fault = 'refuse' | 'lose' | 'drop' | 'cut' | 'hang' | 'some';

export interface Way {
  /** Before AWS has it. Null: all goes well. */
  readonly fate: (call: Call) => Fault | null | Promise<Fault | null>;
  /** AWS has done it, nobody has been told. */
  readonly applied?: (call: Call) => void | Promise<void>;
}

export interface FaultyEndpoint {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** From now on calls go this way; without any, all goes well. */
  readonly go: (way?: Way) => void;
  /** Calls of this operation that have come. */
  readonly count: (operation: string) => number;
  readonly close: () => Promise<void>;
}

const internalError: Answer = {
  status: 500,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from('{"__type":"com.amazonaws.sqs#InternalFailure","message":"It failed."}'),
};

const send = (response: ServerResponse, { status, headers, body }: Answer): void => {
  response.writeHead(status, { ...withoutHops(headers), 'content-length': body.length });
  response.end(body);
};

/** Stands before an endpoint that answers for AWS. What it was sent is applied or not, whether its caller lives or not. */
export const openFaultyEndpoint = async (upstream: string): Promise<FaultyEndpoint> => {
  const agent = new Agent({ keepAlive: true });
  const counts = new Map<string, number>();
  const allWell: Way = { fate: () => null };
  let way = allWell;

  const relay = async (asked: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = readCall(asked.headers, await buffer(asked));
    counts.set(call.operation, (counts.get(call.operation) ?? 0) + 1);
    const { fate, applied } = way;
    const fault = await fate(call);
    if (fault === 'hang') return;
    if (fault === 'drop') throw new Error('It is dropped.');
    if (fault === 'refuse') {
      send(response, internalError);
      return;
    }
    const body = fault === 'some' ? withoutEvenEntries(call.body) : call.body;
    // A batch of one, and that one fails: nothing is left for AWS.
    const answer = body === null ? null : await forward(agent, new URL(upstream), asked, body);
    await applied?.(call);
    if (fault === 'cut') throw new Error('It is cut.');
    if (fault === 'lose') {
      send(response, internalError);
      return;
    }
    send(response, fault === 'some' ? withFailedEntries(call.body, answer) : answer!);
  };

  const server = createServer({ keepAliveTimeout: 120_000 }, (asked, response) => {
    relay(asked, response).catch(() => response.destroy());
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    go: (next = allWell) => void (way = next),
    count: (operation) => counts.get(operation) ?? 0,
    close: async () => {
      await close();
      agent.destroy();
    },
  };
};
