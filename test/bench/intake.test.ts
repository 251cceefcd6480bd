import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readEnvelope } from '../../src/core/formats/envelope';
import { readEvents } from '../../src/core/formats/read-events';
import { createSchemaRegistry } from '../../src/core/schema-registry';
import { mayEnd } from '../../src/core/window';
import { readSchemaFiles } from '../../src/schema-files';
import { countedBy, setFlow, setWeather, type Counted } from '../../localstack/bench/backend/control';
import { overlappingPositions } from '../../localstack/bench/backend/overlapping';
import { serveBackend } from '../../localstack/bench/backend/server';
import { openCycles } from '../../localstack/bench/backend/traffic';
import { consumerBatch } from '../../localstack/bench/intake/consumer-batch';
import { readTold } from '../../localstack/bench/intake/conversation';
import { floor } from '../../localstack/bench/intake/floor';
import { gathering } from '../../localstack/bench/intake/gathering';
import { lossesOf } from '../../localstack/bench/intake/kept';
import { placeOf, type Contender } from '../../localstack/bench/intake/place';
import { preparedProtocolFloor } from '../../localstack/bench/intake/prepared-protocol-floor';
import { protocolFloor } from '../../localstack/bench/intake/protocol-floor';
import { seedAsItComes, seedBatched } from '../../localstack/bench/intake/seed-handler';
import { squiss } from '../../localstack/bench/intake/squiss';
import { environmentOf } from '../../localstack/bench/worker/place';

const conversations = 12;
const fair = { rttMs: 0, failing: 0 };

let backend: Awaited<ReturnType<typeof serveBackend>>;
beforeAll(async () => {
  backend = await serveBackend(fair);
  // The SDK reads region and credentials from the environment of its process, as in production.
  const environment = environmentOf(backend.url);
  for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) process.env[name] = environment[name];
});
afterAll(() => backend.close());

const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));

const settled = async (): Promise<Counted> => {
  for (;;) {
    const counted = await countedBy(backend.url);
    if (counted.waiting === 0 && counted.inHand === 0) return counted;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** All messages of some conversations, worked on by one contender: what the backend saw of it. It works on until the test ends. */
const workedBy = async (contender: Contender, pollers = 3) => {
  await setWeather(backend.url, fair);
  const place = placeOf(environmentOf(backend.url));
  await setFlow(backend.url, { conversations });
  const { waiting: messages } = await countedBy(backend.url);
  const stop = contender(place, pollers);
  opened.push(() => {
    stop();
    for (const client of [place.sqs, place.dynamo, place.sfn]) client.destroy();
  });
  return { messages, counted: await settled(), dynamo: place.dynamo };
};

const headsIn = async (dynamo: DynamoDBClient) => {
  const cycles = openCycles();
  const bodies = Array.from({ length: cycles.messages }, (_, place) => place)
    .filter((place) => cycles.conversationAt(place) < conversations)
    .map((place) => JSON.parse(cycles.bodyAt(0, place).quoted) as string);
  const ids = [...new Set(bodies.map((body) => readTold(body).conversationId))];
  const Keys = ids.map((id) => ({ pk: { S: `C#${id}` }, sk: { S: 'W' } }));
  const { Responses = {} } = await dynamo.send(new BatchGetItemCommand({ RequestItems: { bench: { Keys } } }));
  return Responses['bench'] ?? [];
};

describe('who is measured beside Tidemark does all of its work', () => {
  const who: readonly (readonly [string, Contender])[] = [
    ['the floor', floor],
    ['the floor of the protocol', protocolFloor],
    ['the floor of the protocol by the clients that Tidemark has', preparedProtocolFloor],
    ['sqs-consumer in batches', consumerBatch],
    ['squiss-ts', squiss],
  ];
  const seeds: readonly (readonly [string, Contender])[] = [
    ['one message at a time', seedAsItComes],
    ['ten messages at a time', seedBatched],
  ];

  test.each(who)('%s deletes every message', async (_, contender) => {
    const { messages, counted } = await workedBy(contender);
    expect(messages).toBeGreaterThan(50);
    expect(counted.deleted).toBe(messages);
  });

  test.each(seeds)(
    '%s: each message has a query and an execution of its own, and all of them one token',
    async (_, contender) => {
      const { messages, counted } = await workedBy(contender);
      expect(counted).toMatchObject({
        deleted: messages,
        started: messages,
        calls: { 'genesys token': 1, 'genesys details': messages, StartExecution: messages, DeleteMessage: messages },
      });
    },
  );

  test('the floor of the protocol leaves a head for each conversation, which has seen its end, in two updates at most', async () => {
    const { counted, dynamo } = await workedBy(protocolFloor, 8);
    const heads = await headsIn(dynamo);
    expect(heads).toHaveLength(conversations);
    expect(heads.filter((head) => 'ending' in head)).toHaveLength(conversations);
    expect(counted.calls['BatchExecuteStatement']).toBeLessThanOrEqual(2 * conversations);
    expect(Object.values(counted.refused).filter((count) => count > 0)).toEqual([]);
  });

  test('events that are not in the table are told, whoever deleted their messages', async () => {
    await workedBy(floor, 8);
    expect(await lossesOf(backend.url, 0, conversations)).toEqual([
      expect.stringMatching(/^\d+ events of \d+ messages are not in the table$/),
    ]);
  });
});

describe('the traffic that is measured', () => {
  const cycles = openCycles();
  const places = Array.from({ length: cycles.messages }, (_, place) => place);

  test('the floor of the protocol takes of each message what Tidemark takes: conversation, number of events, whether one may end it', () => {
    const registry = createSchemaRegistry(readSchemaFiles());
    for (const place of places) {
      const body = JSON.parse(cycles.bodyAt(0, place).quoted) as string;
      const envelope = readEnvelope(body);
      if ('reason' in envelope) throw new Error(envelope.reason);
      const { events } = readEvents(envelope, registry, []);
      const told = { conversationId: events[0]?.event.conversationId, events: events.length };
      expect(readTold(body)).toEqual({ ...told, mayEnd: events.some(({ event }) => mayEnd(event)) });
    }
  });

  const flow = overlappingPositions(cycles);
  const drawn = Array.from({ length: cycles.messages * 3 }, () => flow.next().value!);
  const middle = drawn[0]!.cycle + 2;

  test('a conversation that overlaps the end of a cycle is delivered whole, in the order of its cycle', () => {
    const own = drawn.filter(({ cycle }) => cycle === middle - 1).map(({ place }) => place);
    expect(own.toSorted((a, b) => a - b)).toEqual(places);
    for (let conversation = 0; conversation < cycles.conversations; conversation++) {
      const ofOne = own.filter((place) => cycles.conversationAt(place) === conversation);
      expect(ofOne).toEqual(ofOne.toSorted((a, b) => a - b));
    }
  });

  test('as many conversations begin in one quarter of a cycle as in any other', () => {
    const begun = new Set<string>();
    const beginnings = drawn.map(({ cycle, place }) => {
      const name = `${cycle} ${cycles.conversationAt(place)}`;
      return begun.has(name) ? 0 : (begun.add(name), 1);
    });
    const quarter = Math.floor(cycles.messages / 4);
    for (let from = cycles.messages; from + quarter <= drawn.length; from += quarter) {
      const share =
        beginnings.slice(from, from + quarter).reduce((sum: number, one) => sum + one, 0) / (cycles.conversations / 4);
      expect(share).toBeGreaterThan(0.7);
      expect(share).toBeLessThan(1.3);
    }
  });
});

describe('items of several callers are one call', () => {
  const calls: string[][] = [];
  const send = (items: readonly string[]): Promise<number> => {
    calls.push([...items]);
    return items.includes('bad') ? Promise.reject(new Error('refused')) : Promise.resolve(items.length);
  };
  beforeEach(() => {
    calls.length = 0;
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  test('a full call leaves at once, the rest with its time', async () => {
    const add = gathering({ size: 3, waitMs: 10, send });
    const [one, two] = [add(['a', 'b']), add(['c', 'd'])];
    expect(await one).toEqual([3]);
    expect(calls).toEqual([['a', 'b', 'c']]);
    await jest.advanceTimersByTimeAsync(10);
    expect(await two).toEqual([3, 1]);
    expect(calls).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test('the same item of two callers goes once, and both are answered', async () => {
    const add = gathering({ size: 2, waitMs: 10, send });
    const both = Promise.all([add(['a']), add(['a', 'b'])]);
    expect(await both).toEqual([[2], [2]]);
    expect(calls).toEqual([['a', 'b']]);
  });

  test('a call that fails fails for those whose items it took', async () => {
    const add = gathering({ size: 1, waitMs: 10, send });
    await expect(add(['bad'])).rejects.toThrow('refused');
    expect(await add(['good'])).toEqual([1]);
  });
});
