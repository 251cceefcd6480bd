import { dynamoRequestBudget } from '../../src/aws/request-budget';
import { silentLog } from '../../src/log';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { emptiedTable } from './emptied-table';
import { requestBudgetContract } from './request-budget.contract';

const emptied = emptiedTable();
let clients = 0;

// In the budget's time, not in ours: the virtual clock leaps from one request to the next.
requestBudgetContract(
  'DynamoDB',
  async (requestsPerMinute) => {
    const table = await emptied();
    const clock = virtualClock();
    const client = `client-${String((clients += 1))}`;
    let workers = 0;
    const open = () => {
      const outside = { ...table, clock, random: seededRandom((workers += 1)), log: silentLog };
      return dynamoRequestBudget(outside, { client, requestsPerMinute });
    };
    return { clock, open };
  },
  { limit: 120, forMs: 75_000 },
);
