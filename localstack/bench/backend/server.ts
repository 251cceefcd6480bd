import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../embedded/loopback';
import { sendBatch, type Batch, type Taken } from './queue';
import { getItem, putItem, type Answer, type ItemCall, type Items } from './table';
import { drawFate, type Weather } from './weather';

/*
 * SQS and DynamoDB as far as a benchmark needs them, as light as they can be: no queue, no conditions, no signatures. No stand-in
 * for tests. `GET /` tells how often each operation was called and which messages are stored, `PUT /` sets the weather and forgets both.
 */

interface Kept {
  weather: Weather;
  readonly calls: Map<string, number>;
  readonly taken: Taken;
  readonly items: Items;
}

const unavailable: Answer = { status: 503, body: { __type: 'ServiceUnavailable', message: 'Not this time.' } };

/** Null: the connection is cut, without an answer. */
const write = (batch: Batch, { weather, taken }: Kept): Answer | null => {
  const fate = drawFate(weather.failing, Math.random());
  switch (fate) {
    case 'refused':
      return unavailable;
    case 'lost-answer':
      sendBatch(batch, taken, false);
      return null;
    case 'well':
    case 'partly':
      return { status: 200, body: sendBatch(batch, taken, fate === 'partly') };
  }
};

const answer = (operation: string, text: string, kept: Kept): Answer | null => {
  switch (operation) {
    case 'SendMessageBatch':
      return write(JSON.parse(text) as Batch, kept);
    case 'GetItem':
      return getItem(JSON.parse(text) as ItemCall, kept.items);
    case 'PutItem':
      return putItem(JSON.parse(text) as ItemCall, kept.items);
    default:
      return {
        status: 400,
        body: { __type: 'UnknownOperationException', message: 'The backend of the benchmarks has no such operation.' },
      };
  }
};

const reply = (response: ServerResponse, { status, body }: Answer): void => {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(text) })
    .end(text);
};

const later = (ms: number, act: () => void): void => {
  if (ms === 0) act();
  else setTimeout(act, ms);
};

const onCall = (request: IncomingMessage, response: ServerResponse, text: string, kept: Kept): void => {
  const operation = String(request.headers['x-amz-target']).split('.').at(-1)!;
  kept.calls.set(operation, (kept.calls.get(operation) ?? 0) + 1);
  const given = answer(operation, text, kept);
  later(kept.weather.rttMs, () => {
    if (given === null) request.socket.destroy();
    else reply(response, given);
  });
};

const onControl = (request: IncomingMessage, response: ServerResponse, text: string, kept: Kept): void => {
  if (request.method === 'PUT') {
    kept.weather = JSON.parse(text) as Weather;
    kept.calls.clear();
    kept.taken.clear();
    kept.items.clear();
  }
  const taken = request.url === '/taken' ? { taken: [...kept.taken] } : {};
  reply(response, { status: 200, body: { calls: Object.fromEntries(kept.calls), ...taken } });
};

export const serveBackend = async (weather: Weather): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const kept: Kept = { weather, calls: new Map(), taken: new Map(), items: new Map() };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      (request.method === 'POST' ? onCall : onControl)(request, response, text, kept);
    });
  });
  // A client that comes back after a pause finds its connection.
  server.keepAliveTimeout = 60_000;
  return listenOnLoopback(server, 0);
};
