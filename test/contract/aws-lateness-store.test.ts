import { BatchWriteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { dynamoLatenessStore } from '../../src/aws/lateness-store';
import { installAws, type AwsInstallation } from './aws-installation';
import { latenessStoreContract } from './lateness-store.contract';

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

latenessStoreContract('DynamoDB', async () => {
  await emptyTable(aws);
  return dynamoLatenessStore({ dynamo: aws.clients.dynamo, tableName: aws.names.tableName });
});
