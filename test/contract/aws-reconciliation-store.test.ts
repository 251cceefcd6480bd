import { dynamoReconciliationStore } from '../../src/aws/reconciliation-store';
import { emptiedTable } from './emptied-table';
import { reconciliationStoreContract } from './reconciliation-store.contract';

const emptied = emptiedTable();

reconciliationStoreContract('DynamoDB', async () => dynamoReconciliationStore(await emptied()));
