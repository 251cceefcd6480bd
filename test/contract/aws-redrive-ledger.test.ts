import { dynamoRedriveJobs } from '../../src/aws/redrive-jobs';
import { dynamoRedriveLedger } from '../../src/aws/redrive-ledger';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { emptiedTable } from './emptied-table';
import { redriveLedgerContract } from './redrive-ledger.contract';

const emptied = emptiedTable();

redriveLedgerContract('DynamoDB', async () => {
  const table = await emptied();
  const jobs = dynamoRedriveJobs(table, { clock: virtualClock(), random: seededRandom(1) });
  return { ledger: dynamoRedriveLedger(table), outcomesOf: (job) => jobs.outcomesOf(job) };
});
