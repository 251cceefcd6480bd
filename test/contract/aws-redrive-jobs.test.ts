import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { outcomeKey } from '../../src/aws/redrive-items';
import { dynamoRedriveJobs } from '../../src/aws/redrive-jobs';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { emptiedTable } from './emptied-table';
import { redriveJobsContract } from './redrive-jobs.contract';

const emptied = emptiedTable();

redriveJobsContract('DynamoDB', async () => {
  const table = await emptied();
  return {
    jobs: dynamoRedriveJobs(table, { clock: virtualClock(), random: seededRandom(1) }),
    note: async (outcome) => {
      const Item = { ...outcomeKey(outcome.job, outcome.letter), layout: 1, ...outcome };
      await table.dynamo.send(new PutCommand({ TableName: table.tableName, Item }));
    },
  };
});
