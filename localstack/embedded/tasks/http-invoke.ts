import { task, TaskFailure, WorkflowMistake, type Task } from './task';

/*
 * The HTTP task: https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html. It calls whatever listens on this machine;
 * the connection, which holds the credentials on AWS, only has to look like one.
 */

interface HttpParameters {
  readonly ApiEndpoint: string;
  readonly Method: string;
  readonly Headers?: Readonly<Record<string, string>>;
  readonly QueryParameters?: Readonly<Record<string, string>>;
  readonly RequestBody?: unknown;
}

const scalars = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } };
const forbiddenHeader =
  /^(x-forwarded-.*|x-amzn?-.*|authorization|connection|content-md5|date|expect|from|host|max-forwards|proxy-authorization|referer|server|te|trailer|transfer-encoding|upgrade|via|warning)$/i;
const connection = {
  type: 'object',
  required: ['ConnectionArn'],
  additionalProperties: false,
  properties: { ConnectionArn: { type: 'string', pattern: '^arn:aws:events:[^:]+:\\d{12}:connection/.+' } },
};

const schema = {
  type: 'object',
  required: ['ApiEndpoint', 'Method', 'Authentication'],
  additionalProperties: false,
  properties: {
    // AWS takes https alone; what listens here does so on the loopback.
    ApiEndpoint: { type: 'string', pattern: '^(https://|http://127\\.0\\.0\\.1:\\d+/)' },
    Method: { enum: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] },
    Authentication: connection,
    Headers: {
      ...scalars,
      // Printable ASCII: anything else is no header.
      additionalProperties: { type: 'string', pattern: '^[\\x20-\\x7e]*$' },
    },
    QueryParameters: scalars,
    RequestBody: { type: ['object', 'string'] },
    Transform: {
      type: 'object',
      additionalProperties: false,
      properties: {
        RequestBodyEncoding: { enum: ['NONE', 'URL_ENCODED'] },
        RequestEncodingOptions: {
          type: 'object',
          additionalProperties: false,
          properties: { ArrayFormat: { enum: ['INDICES', 'REPEAT', 'COMMAS', 'BRACKETS'] } },
        },
      },
    },
  },
};

/** Step Functions gives up on a call after a minute, whatever the state's own timeout. */
const longestCallMs = 60_000;

const send = async ({ ApiEndpoint, Method, Headers, QueryParameters, RequestBody }: HttpParameters): Promise<Response> => {
  const forbidden = Object.keys(Headers ?? {}).find((name) => forbiddenHeader.test(name));
  if (forbidden !== undefined) throw new WorkflowMistake(`Expected headers that an HTTP task may set; got ${forbidden}.`);
  const url = new URL(ApiEndpoint);
  for (const [name, value] of Object.entries(QueryParameters ?? {})) url.searchParams.set(name, value);
  const body = RequestBody === undefined ? null : JSON.stringify(RequestBody);
  const headers = { ...(body !== null && { 'content-type': 'application/json; charset=UTF-8' }), ...Headers };
  try {
    return await fetch(url, { method: Method, headers, body, signal: AbortSignal.timeout(longestCallMs) });
  } catch (error) {
    throw new TaskFailure('States.Http.Socket', `The endpoint could not be reached: ${String(error)}`);
  }
};

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return isJson && text !== '' ? (JSON.parse(text) as unknown) : text;
};

export const httpInvoke: Task = task('arn:aws:states:::http:invoke', schema, async (parameters: HttpParameters) => {
  const response = await send(parameters);
  const ResponseBody = await bodyOf(response);
  if (!response.ok) throw new TaskFailure(`States.Http.StatusCode.${response.status}`, JSON.stringify(ResponseBody));
  const Headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]]));
  return { Headers, ResponseBody, StatusCode: response.status, StatusText: response.statusText };
});
