import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { ServiceError } from './service-error';

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(body));
};

/** An answer in AWS's JSON 1.0 protocol, errors included. */
export const answerJson = (response: ServerResponse, answer: Promise<object>): void => {
  answer.then(
    (body) => send(response, 200, body),
    (error: unknown) => {
      const isServiceError = error instanceof ServiceError;
      send(response, isServiceError ? 400 : 500, {
        __type: isServiceError ? error.code : 'InternalFailure',
        message: error instanceof Error ? error.message : String(error),
      });
    },
  );
};
