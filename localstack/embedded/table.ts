import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { answerJson } from './json-service';
import { ownDynamo } from './own-client';
import type { StandIn } from './stand-in';
import { executeStatements } from './statements';

const runStatements = async (client: DynamoDBClient, request: IncomingMessage): Promise<object> => {
  const { Statements } = (await json(request)) as { readonly Statements: Parameters<typeof executeStatements>[1] };
  return executeStatements(client, Statements);
};

/** DynamoDB: dynalite, in memory. Its tables are ready at once. */
export const startTable = (endpointUrl: () => string): StandIn => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const own = ownDynamo(endpointUrl);
  return {
    handle: (request, response) => {
      if (request.headers['x-amz-target'] === 'DynamoDB_20120810.BatchExecuteStatement')
        answerJson(response, runStatements(own.get(), request));
      else server.emit('request', request, response);
    },
    // Never listened, so there is nothing to close but memory and its own way in.
    close: () => {
      own.close();
      return Promise.resolve();
    },
  };
};
