import { dynamoLatenessStore } from '../../src/aws/lateness-store';
import { latenessStoreContract } from './lateness-store.contract';
import { emptiedTable } from './emptied-table';

const emptied = emptiedTable();

latenessStoreContract('DynamoDB', async () => dynamoLatenessStore(await emptied()));
