import type { IncomingHttpHeaders } from 'node:http';

/** A request to AWS as its wire names it. */
export interface Call {
  /** `sqs`, `dynamodb`, `states`, `sns`: as it was signed. */
  readonly service: string;
  readonly operation: string;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

const signedFor = ({ authorization }: IncomingHttpHeaders): string =>
  /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization ?? '')?.[1] ?? 'unknown';

/** SNS still speaks the query protocol: its action is a field of a form. */
const actionOf = (body: Buffer): string =>
  /(?:^|&)Action=(\w+)/.exec(body.subarray(0, 4_096).toString('latin1'))?.[1] ?? 'unknown';

export const readCall = (headers: IncomingHttpHeaders, body: Buffer): Call => {
  const target = headers['x-amz-target'];
  const operation = typeof target === 'string' ? target.slice(target.lastIndexOf('.') + 1) : actionOf(body);
  return { service: signedFor(headers), operation, body };
};
