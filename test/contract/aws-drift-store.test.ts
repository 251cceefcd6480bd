import { dynamoDriftStore } from '../../src/aws/drift-store';
import { driftStoreContract } from './drift-store.contract';
import { emptiedTable } from './emptied-table';

const emptied = emptiedTable();

driftStoreContract('DynamoDB', async () => dynamoDriftStore(await emptied()));
