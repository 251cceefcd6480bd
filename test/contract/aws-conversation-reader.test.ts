import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoConversationReader } from '../../src/aws/conversation-reader';
import { dynamoWindowTable } from '../../src/aws/window-table';
import { keys } from '../../src/core/items';
import { type AwsInstallation, installAws } from './aws-installation';
import { conversationReaderContract } from './conversation-reader.contract';

let aws: AwsInstallation;
beforeAll(async () => {
  aws = await installAws();
});
afterAll(() => aws.remove());

const tableOf = ({ clients, names }: AwsInstallation) => ({ dynamo: clients.dynamo, tableName: names.tableName });

conversationReaderContract('DynamoDB', () =>
  Promise.resolve({ table: dynamoWindowTable(tableOf(aws)), reader: dynamoConversationReader(tableOf(aws)) }),
);

test('what the workflow remembers of a conversation is read as it writes it', async () => {
  const { dynamo, tableName } = tableOf(aws);
  const fields = { holder: 'arn:aws:states:execution', crmLife: '0mjuohs000000001', crmRevision: 2 };
  await dynamo.send(new PutCommand({ TableName: tableName, Item: { ...keys.guard('guarded'), ...fields } }));
  expect((await dynamoConversationReader(tableOf(aws)).read('guarded')).guard).toEqual({
    holder: 'arn:aws:states:execution',
    begun: { crm: { life: '0mjuohs000000001', revision: 2 }, ticket: null },
  });
});
