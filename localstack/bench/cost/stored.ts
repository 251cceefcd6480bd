import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { itemBytes } from '../../../src/table/item-limits';
import { testCredentials, testRegion } from '../../clients';

/** What lies in the table, as DynamoDB counts it. The backend answers a Scan in one page. */
export const storedBytes = async (backendUrl: string): Promise<number> => {
  const dynamo = new DynamoDBClient({ endpoint: backendUrl, region: testRegion, credentials: testCredentials });
  try {
    const { Items: items = [] } = await dynamo.send(new ScanCommand({ TableName: 'bench' }));
    return items.map((item) => itemBytes(unmarshall(item))).reduce((sum, bytes) => sum + bytes, 0);
  } finally {
    dynamo.destroy();
  }
};
