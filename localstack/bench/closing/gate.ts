import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoLeverBoard } from '../../../src/aws/lever-board';
import { testCredentials, testRegion } from '../../clients';

/** `tidemark pause closing`, and `resume`, as a person pulls it. */
export interface Gate {
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
}

export const closingGate = (backendUrl: string): Gate => {
  const settings = { endpoint: backendUrl, region: testRegion, credentials: testCredentials };
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const board = dynamoLeverBoard({ dynamo, tableName: 'bench' });
  return {
    shut: () => board.pause({ lever: 'closing', sinceMs: Date.now(), who: 'bench', reason: 'first all windows are due' }),
    open: () => board.resume('closing'),
  };
};
