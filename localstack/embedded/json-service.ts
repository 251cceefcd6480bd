import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { ServiceError } from './service-error';

/** Of the protocol: which of the two a service speaks. */
type Version = '1.0' | '1.1';

const send = (response: ServerResponse, version: Version, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(body));
};

/** An answer in AWS's JSON protocol, errors included. */
export const answerJson = (response: ServerResponse, answer: Promise<object>, version: Version = '1.0'): void => {
  answer.then(
    (body) => send(response, version, 200, body),
    (error: unknown) => {
      const isServiceError = error instanceof ServiceError;
      send(response, version, isServiceError ? 400 : 500, {
        __type: isServiceError ? error.code : 'InternalFailure',
        message: error instanceof Error ? error.message : String(error),
      });
    },
  );
};
