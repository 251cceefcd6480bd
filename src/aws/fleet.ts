import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { heartbeatKeptMs, keys, tableLayout, type FleetMember } from '../core/items';
import type { Fleet } from '../ports';
import type { Heartbeats } from '../ports-on-call';
import { expirySeconds, type Item } from '../table/item-codec';
import { readPartition, type Table } from './table';

const readMember = (item: Item): FleetMember => ({
  workerId: String(item['workerId']),
  counter: Number(item['counter']),
  watermarkMs: item['watermarkMs'] === null ? null : Number(item['watermarkMs']),
  fleetWatermarkMs: Number(item['fleetWatermarkMs']),
  hasReceived: item['hasReceived'] === true,
  leaving: item['leaving'] === true,
});

const readAll = (table: Table): Promise<readonly Item[]> => readPartition(table, keys.fleet('').pk);

/** For those who only look: a heartbeat's expiry tells when it was published. */
export const dynamoHeartbeats = (table: Table): Heartbeats => ({
  list: async () =>
    (await readAll(table)).map((item) => ({
      member: readMember(item),
      atMs: Number(item['expiresAt']) * 1000 - heartbeatKeptMs,
    })),
});

/** All workers share one partition: at one heartbeat every few seconds, far below its 1,000 writes a second. */
export const dynamoFleet = (table: Table): Fleet => {
  const { dynamo, tableName } = table;
  const members = async (): Promise<readonly FleetMember[]> => (await readAll(table)).map(readMember);
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
