import { BatchWriteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../src/aws/table';
import { installAws, type AwsInstallation } from './aws-installation';

/** A suite's table on AWS; each call empties it first. */
export const emptiedTable = (): (() => Promise<Table>) => {
  let aws: AwsInstallation;
  beforeAll(async () => {
    aws = await installAws();
  });
  afterAll(() => aws.remove());
  return async () => {
    const { dynamo } = aws.clients;
    const { tableName } = aws.names;
    for await (const { Items: items = [] } of paginateScan({ client: dynamo }, { TableName: tableName, Limit: 25 })) {
      const requests = items.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk: String(pk), sk: String(sk) } } }));
      if (requests.length > 0) await dynamo.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    }
    return { dynamo, tableName };
  };
};
