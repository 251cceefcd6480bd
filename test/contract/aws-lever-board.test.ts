import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoLeverBoard } from '../../src/aws/lever-board';
import { keys } from '../../src/core/items';
import { emptiedTable } from './emptied-table';
import { leverBoardContract } from './lever-board.contract';

const emptied = emptiedTable();

leverBoardContract('DynamoDB', async () => dynamoLeverBoard(await emptied()));

test('a lever of a later version is not shown', async () => {
  const table = await emptied();
  const item = { ...keys.switch('everything'), layout: 1, lever: 'everything', sinceMs: 1, who: 'a', reason: 'b' };
  await table.dynamo.send(new PutCommand({ TableName: table.tableName, Item: item }));
  expect(await dynamoLeverBoard(table).read()).toEqual([]);
});
