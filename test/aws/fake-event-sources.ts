import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A partner event source as EventBridge shows it; times are epoch seconds. */
export interface ShownSource {
  readonly State: string;
  readonly ExpirationTime?: number;
}

export type Shown = ShownSource | 'absent' | 'denied' | 'hang';

const nameIn = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return (JSON.parse(Buffer.concat(chunks).toString()) as { readonly Name: string }).Name;
};

const answerOf = (shown: Exclude<Shown, 'hang'>, name: string) => {
  if (shown === 'absent')
    return { status: 400, body: { __type: 'ResourceNotFoundException', message: `Event source ${name} does not exist.` } };
  if (shown === 'denied')
    return {
      status: 400,
      body: { __type: 'AccessDeniedException', Message: 'User is not authorized to perform: events:DescribeEventSource' },
    };
  return { status: 200, body: { Arn: `arn:aws:events:eu-central-1::event-source/${name}`, Name: name, ...shown } };
};

/** The one call of EventBridge that partner event sources need, in its JSON 1.1: no stand-in has them. */
export const startFakeEventSources = async (show: (name: string, asked: number) => Shown) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void nameIn(request).then((name) => {
      if (request.headers['x-amz-target'] !== 'AWSEvents.DescribeEventSource') return response.writeHead(400).end('{}');
      asked.push(name);
      const shown = show(name, asked.length);
      if (shown === 'hang') return undefined;
      const { status, body } = answerOf(shown, name);
      return response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async (): Promise<void> => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
