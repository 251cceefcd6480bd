import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { dynamoWindowTable } from '../../src/aws/window-table';
import type { FailureNote } from '../../src/core/items';
import { installAws, type AwsInstallation } from './aws-installation';
import { windowTableContract } from './window-table.contract';

const installations: AwsInstallation[] = [];
afterAll(() => Promise.all(installations.map((aws) => aws.remove())));

/** Read back as they lie in the table: the worker only writes them. */
const failureNotes = async ({ clients, names }: AwsInstallation): Promise<readonly FailureNote[]> => {
  const notes: FailureNote[] = [];
  for await (const { Items: items = [] } of paginateScan({ client: clients.dynamo }, { TableName: names.tableName }))
    for (const item of items as unknown as readonly (FailureNote & { readonly pk: string })[]) {
      const { pk, bodySha256, atMs, attributes } = item;
      if (pk.startsWith('N#')) notes.push({ bodySha256, atMs, attributes });
    }
  return notes;
};

describe.each([
  ["a worker's, of which updates of heads go together", true],
  ['of a command, each call alone', false],
])('DynamoDB, %s', (_whose, isWorkers) => {
  windowTableContract('the table', async () => {
    const installation = await installAws();
    installations.push(installation);
    const { clients, names } = installation;
    const { dynamo, preparedDynamo } = clients;
    return {
      table: dynamoWindowTable({ dynamo, tableName: names.tableName, ...(isWorkers ? { preparedDynamo } : {}) }),
      // Stand-ins show an update in the index at once.
      settleIndex: () => Promise.resolve(),
      failureNotes: () => failureNotes(installation),
    };
  });
});
