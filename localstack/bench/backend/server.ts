import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../embedded/loopback';
import { failure, okJson, type Answer } from './answer';
import type { Counted } from './control';
import { openDeliveries } from './deliveries';
import { openExecutions, publish, topicAction } from './downstream';
import type { Flow } from './flow';
import { openGenesys } from './genesys';
import { answerIntakeCall, openPolls } from './intake';
import { sendBatch, sendOne, type Batch, type Taken } from './queue';
import { createTable } from './table';
import { answerTableCall } from './table-calls';
import { openCycles, type Cycles } from './traffic';
import { newTally } from './units';
import { drawFate, type Weather } from './weather';

/*
 * AWS and Genesys as far as a benchmark needs them, as light as they can be, all at one address: no signatures, nothing is kept on disk. No
 * stand-in for tests. `GET /` tells what was counted, `PUT /` sets the weather and forgets all, `PUT /flow` says what there is to receive.
 */

const openCount = () => {
  const counts = new Map<string, number>();
  return {
    add: (name: string, times = 1): void => void counts.set(name, (counts.get(name) ?? 0) + times),
    told: (): Readonly<Record<string, number>> => Object.fromEntries(counts),
  };
};

const openState = (cycles: () => Cycles) => {
  const tally = newTally();
  const deliveries = openDeliveries(cycles);
  return {
    calls: openCount(),
    refused: openCount(),
    tally,
    deliveries,
    taken: new Map() as Taken,
    table: createTable(tally),
    executions: openExecutions(),
    polls: openPolls(deliveries),
    genesys: openGenesys(cycles),
  };
};

type State = ReturnType<typeof openState>;

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly text: string;
}

/** Null: the connection is cut, without an answer. */
const write = (batch: Batch, taken: Taken, { failing }: Weather): Answer | null => {
  const fate = drawFate(failing, Math.random());
  switch (fate) {
    case 'refused':
      return failure(503, 'ServiceUnavailable', 'Not this time.');
    case 'lost-answer':
      sendBatch(batch, taken, false);
      return null;
    case 'well':
    case 'partly':
      return okJson(sendBatch(batch, taken, fate === 'partly'));
  }
};

const unknown = failure(400, 'UnknownOperationException', 'The backend of the benchmarks has no such operation.');

/** Conditions that did not hold: the call's, or those of some of its statements. */
const refusalsIn = (operation: string, answer: Answer | null): number =>
  answer !== null && (answer.status === 400 || operation === 'BatchExecuteStatement')
    ? [...answer.text.matchAll(/ConditionalCheckFailed|DuplicateItem/g)].length
    : 0;

/** A claim counts itself, in the same update. */
const refusedName = (operation: string, text: string): string => (text.includes('ADD #attempts') ? 'claim' : operation);

const answerAws = (operation: string, text: string, state: State, weather: Weather): Answer | null => {
  switch (operation) {
    case 'SendMessageBatch':
      return write(JSON.parse(text) as Batch, state.taken, weather);
    case 'SendMessage':
      return okJson(sendOne(JSON.parse(text) as Parameters<typeof sendOne>[0], state.taken));
    case 'StartExecution':
      return state.executions.start(text);
    default:
      return answerIntakeCall(operation, text, state.deliveries) ?? answerTableCall(operation, text, state) ?? unknown;
  }
};

const reply = ({ response }: Call, { status, text, type = 'application/x-amz-json-1.0', headers }: Answer): void => {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers }).end(text);
};

const whenGone = ({ response }: Call): AbortSignal => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
};

const onCall = (call: Call, state: State, weather: Weather): void => {
  const { request, text } = call;
  const give = (answer: Answer | null): void => {
    const act = (): void => {
      if (answer === null) request.socket.destroy();
      else reply(call, answer);
    };
    if (weather.rttMs === 0) act();
    else setTimeout(act, weather.rttMs);
  };
  const url = request.url ?? '/';
  const target = request.headers['x-amz-target'];
  const action = target === undefined ? topicAction(text) : null;
  const operation =
    typeof target === 'string' ? target.slice(target.indexOf('.') + 1) : (state.genesys.operation(url) ?? action ?? 'unknown');
  state.calls.add(operation);
  if (operation === 'ReceiveMessage') state.polls.poll(text, whenGone(call), give);
  else if (operation.startsWith('genesys ')) give(state.genesys.answer(url, text, weather.genesysPerMinute));
  else {
    const answer = action === null ? answerAws(operation, text, state, weather) : publish(action, text);
    const refusals = refusalsIn(operation, answer);
    if (refusals > 0) state.refused.add(refusedName(operation, text), refusals);
    give(answer);
  }
};

const countedIn = ({ calls, refused, tally, deliveries, executions }: State): Counted => ({
  calls: calls.told(),
  refused: refused.told(),
  units: tally,
  deleted: deliveries.deleted(),
  inHand: deliveries.inHand(),
  waiting: deliveries.waiting(),
  started: executions.count(),
});

export const serveBackend = async (given: Weather): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  let known: Cycles | null = null;
  const cycles = (): Cycles => (known ??= openCycles());
  let [weather, state] = [given, openState(cycles)];

  const control = ({ request: { url, method }, text }: Call): object => {
    if (url === '/taken') return { taken: [...state.taken] };
    if (url === '/flow') state.deliveries.setFlow(JSON.parse(text) as Flow);
    else if (method === 'PUT') {
      // Who polls what is forgotten would not hear of what comes.
      state.polls.end();
      [weather, state] = [JSON.parse(text) as Weather, openState(cycles)];
    }
    return countedIn(state);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = { request, response, text: Buffer.concat(chunks).toString() };
      const isForGenesys = request.method === 'GET' && state.genesys.operation(request.url ?? '/') !== null;
      if (request.method === 'POST' || isForGenesys) onCall(call, state, weather);
      else reply(call, okJson(control(call)));
    });
  });
  // A client that comes back after a pause finds its connection.
  server.keepAliveTimeout = 60_000;
  return listenOnLoopback(server, 0);
};
