import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { itemBytes } from '../../../src/table/item-limits';
import { testCredentials, testRegion } from '../../clients';

/** What lies in the table, as DynamoDB counts it. The backend answers a Scan in one page. */
export const storedBytes = async (backendUrl: string): Promise<number> => {
  const client = new DynamoDBClient({ endpoint: backendUrl, region: testRegion, credentials: testCredentials });
  try {
    const { Items: items = [] } = await DynamoDBDocumentClient.from(client).send(new ScanCommand({ TableName: 'bench' }));
    return items.map(itemBytes).reduce((sum, bytes) => sum + bytes, 0);
  } finally {
    client.destroy();
  }
};
