import { BatchWriteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { dynamoDriftStore } from '../../src/aws/drift-store';
import { installAws, type AwsInstallation } from './aws-installation';
import { driftStoreContract } from './drift-store.contract';

let aws: AwsInstallation;
beforeAll(async () => {
  aws = await installAws();
});
afterAll(() => aws.remove());

const emptyTable = async ({ clients: { dynamo }, names: { tableName } }: AwsInstallation): Promise<void> => {
  for await (const { Items: items = [] } of paginateScan({ client: dynamo }, { TableName: tableName })) {
    const requests = items.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk: String(pk), sk: String(sk) } } }));
    if (requests.length > 0) await dynamo.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  }
};

driftStoreContract('DynamoDB', async () => {
  await emptyTable(aws);
  return dynamoDriftStore({ dynamo: aws.clients.dynamo, tableName: aws.names.tableName });
});
