import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { CanonicalEvent } from '../core/event';
import { keys } from '../core/items';
import { limits } from '../core/limits';
import type { StoredEvents } from '../ports-on-call';
import type { Table } from './table';

type Key = ReturnType<typeof keys.event>;

const textOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** Under either key: whether its carrier named the organisation changes nothing of the fact. */
const keysOf = (event: CanonicalEvent): readonly Key[] => [
  keys.event(event),
  keys.event({ ...event, orgId: event.orgId === null ? 'named' : null }),
];

/** What DynamoDB leaves unprocessed is asked for again; each answer holds at least one key or the call fails. */
const readKeys = async ({ dynamo, tableName }: Table, asked: readonly Key[]): Promise<readonly string[]> => {
  const found: string[] = [];
  let left: readonly Record<string, unknown>[] = asked;
  while (left.length > 0) {
    const Keys = left.map((key) => ({ ...key }));
    const request = { Keys, ConsistentRead: true, ProjectionExpression: 'pk, sk' };
    const answer = await dynamo.send(new BatchGetCommand({ RequestItems: { [tableName]: request } }));
    for (const item of Object.values(answer.Responses ?? {}).flat())
      found.push(textOf({ pk: String(item['pk']), sk: String(item['sk']) }));
    left = Object.values(answer.UnprocessedKeys ?? {}).flatMap((unprocessed) => unprocessed.Keys ?? []);
  }
  return found;
};

/** By their keys alone: a letter of 1 MiB may hold thousands of events. */
export const dynamoStoredEvents = (table: Table): StoredEvents => ({
  thoseThere: async (events) => {
    const asked = [...new Map(events.flatMap(keysOf).map((key) => [textOf(key), key])).values()];
    const found = new Set<string>();
    for (let from = 0; from < asked.length; from += limits.readBatch)
      for (const text of await readKeys(table, asked.slice(from, from + limits.readBatch))) found.add(text);
    return new Set(events.filter((event) => keysOf(event).some((key) => found.has(textOf(key)))));
  },
});
