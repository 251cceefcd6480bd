import { DeleteCommand, paginateQuery, PutCommand } from '@aws-sdk/lib-dynamodb';
import { keys, tableLayout, type FleetMember } from '../core/items';
import type { Fleet } from '../ports';
import { expirySeconds, type Item } from '../table/item-codec';
import type { Table } from './table';

const readMember = (item: Item): FleetMember => ({
  workerId: String(item['workerId']),
  counter: Number(item['counter']),
  watermarkMs: item['watermarkMs'] === null ? null : Number(item['watermarkMs']),
  fleetWatermarkMs: Number(item['fleetWatermarkMs']),
  hasReceived: item['hasReceived'] === true,
  leaving: item['leaving'] === true,
});

/** All workers share one partition: at one heartbeat every few seconds, far below its 1,000 writes a second. */
export const dynamoFleet = ({ dynamo, tableName }: Table): Fleet => {
  const members = async (): Promise<readonly FleetMember[]> => {
    const found: FleetMember[] = [];
    const pages = paginateQuery(
      { client: dynamo },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': 'pk' },
        ExpressionAttributeValues: { ':pk': keys.fleet('').pk },
      },
    );
    for await (const { Items: items = [] } of pages) found.push(...items.map(readMember));
    return found;
  };
  return {
    members,
    beat: async (member, expiresAtMs) => {
      const item = { ...keys.fleet(member.workerId), ...member, layout: tableLayout, expiresAt: expirySeconds(expiresAtMs) };
      await dynamo.send(new PutCommand({ TableName: tableName, Item: item }));
      return members();
    },
    remove: async (workerId) => {
      await dynamo.send(new DeleteCommand({ TableName: tableName, Key: keys.fleet(workerId) }));
    },
  };
};
