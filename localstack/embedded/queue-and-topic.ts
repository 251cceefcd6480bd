import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ReceiveRequest, sayWhereFrom, watchMoves } from './moved-letters';
import { credentialScope } from './signature';
import type { StandIn } from './stand-in';

/*
 * fauxqs puts its queues at `sqs.<region>.localhost`, a name that not every machine resolves, and knows a queue by its whole URL.
 * To us a queue is at whatever address the caller has reached, and its name alone says which it is.
 */

interface WithQueueUrl {
  QueueUrl?: string;
  QueueUrls?: readonly string[];
}

const pathOf = (queueUrl: string): string => (URL.canParse(queueUrl) ? new URL(queueUrl).pathname : queueUrl);

/** SQS takes any character that XML does, emoji included; fauxqs's pattern looks at half characters and refuses them. */
const allowAstralCharacters = async (): Promise<void> => {
  const types = pathToFileURL(join(__dirname, '../../node_modules/fauxqs/dist/sqs/sqsTypes.js')).href;
  const { INVALID_MESSAGE_BODY_CHAR: pattern } = (await import(types)) as { INVALID_MESSAGE_BODY_CHAR: RegExp };
  const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
  pattern.test = (text) => illegal.test(text);
};

/** SQS, SNS, and of STS who calls: fauxqs, without its own listener, which would open a port to the whole network. */
export const startQueueAndTopic = async (): Promise<StandIn> => {
  // It is an ES module; the project compiles to CommonJS.
  const { buildApp } = await import('fauxqs');
  await allowAstralCharacters();
  await watchMoves();
  const app = buildApp({ logger: false });

  app.addHook('preHandler', (request, _reply, done) => {
    const body = request.body as WithQueueUrl | null;
    const scope = credentialScope(request.headers);
    if (body?.QueueUrl !== undefined && scope) {
      const port = request.host.split(':')[1] ?? '';
      body.QueueUrl = `http://sqs.${scope.region}.localhost${port && `:${port}`}${pathOf(body.QueueUrl)}`;
    }
    done();
  });
  app.addHook('preSerialization', (request, _reply, payload, done) => {
    const { QueueUrl, QueueUrls } = payload as WithQueueUrl;
    sayWhereFrom(request.body as ReceiveRequest | null, payload as object);
    const reached = (url: string): string => `http://${request.host}${pathOf(url)}`;
    if (QueueUrl !== undefined) done(null, { ...(payload as object), QueueUrl: reached(QueueUrl) });
    else if (QueueUrls) done(null, { ...(payload as object), QueueUrls: QueueUrls.map(reached) });
    else done(null, payload);
  });

  await app.ready();
  return {
    handle: (request, response) => void app.server.emit('request', request, response),
    close: () => app.close(),
  };
};
