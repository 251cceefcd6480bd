import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { keys } from '../../../src/core/items';
import { readEnvelope } from '../../../src/core/formats/envelope';
import { readEvents } from '../../../src/core/formats/read-events';
import { createSchemaRegistry } from '../../../src/core/schema-registry';
import { readSchemaFiles } from '../../../src/schema-files';
import { testCredentials, testRegion } from '../../clients';
import { countedBy, setFlow, setWeather } from '../backend/control';
import { openCycles } from '../backend/traffic';
import { calm } from './round';

interface Expected {
  readonly messages: number;
  /** Of the events of each conversation, by its partition. */
  readonly sortKeys: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What the first conversations of the first cycle come to. */
const expectedOf = (conversations: number): Expected => {
  const registry = createSchemaRegistry(readSchemaFiles());
  const cycles = openCycles();
  const sortKeys = new Map<string, Set<string>>();
  const places = Array.from({ length: cycles.messages }, (_, place) => place);
  const own = places.filter((place) => cycles.conversationAt(place) < conversations);
  for (const place of own) {
    const envelope = readEnvelope(JSON.parse(cycles.bodyAt(0, place).quoted) as string);
    if ('reason' in envelope) throw new Error(`Expected traffic of which nothing is bad, got ${envelope.reason}.`);
    for (const { event } of readEvents(envelope, registry, []).events) {
      const { pk, sk } = keys.event(event);
      sortKeys.set(pk, (sortKeys.get(pk) ?? new Set()).add(sk));
    }
  }
  return { messages: own.length, sortKeys };
};

const storedOf = async (dynamo: DynamoDBClient, pk: string): Promise<ReadonlySet<string>> => {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: 'bench',
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :event)',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      ExpressionAttributeValues: { ':pk': { S: pk }, ':event': { S: 'E' } },
      ConsistentRead: true,
    }),
  );
  return new Set(Items.map((item) => item['sk']?.S ?? ''));
};

/** A worker that has done nothing for so long has nothing left to do. */
const longEnoughMs = 5_000;

/**
 * Whoever is fast and loses something is not fast: each message is deleted, and each of their events is in the table. The queue and
 * the table begin anew for it.
 */
export const lossesOf = async (url: string, rttMs: number, conversations: number): Promise<readonly string[]> => {
  const { messages, sortKeys } = expectedOf(conversations);
  await setWeather(url, { rttMs, failing: 0 });
  await setFlow(url, { conversations });
  await calm(url, longEnoughMs, messages);
  const { deleted, inHand, waiting } = await countedBy(url);
  const dynamo = new DynamoDBClient({ endpoint: url, region: testRegion, credentials: testCredentials });
  let lost = 0;
  for (const [pk, expected] of sortKeys) {
    const stored = await storedOf(dynamo, pk);
    lost += [...expected].filter((sk) => !stored.has(sk)).length;
  }
  dynamo.destroy();
  return [
    ...(deleted === messages ? [] : [`${messages} messages, ${deleted} deleted, ${inHand} in hand, ${waiting} waiting`]),
    ...(lost === 0 ? [] : [`${lost} events of ${messages} messages are not in the table`]),
  ];
};
