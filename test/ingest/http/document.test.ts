import Ajv2020 from 'ajv/dist/2020';
import type { OpenAPIV3_1 } from 'openapi-types';
import { readEnvelope } from '../../../src/core/formats/envelope';
import type { Json } from '../../../src/core/json';
import { documentOf, postPath, serve } from './served';

let document: OpenAPIV3_1.Document;
beforeAll(async () => {
  const served = await serve();
  document = await documentOf(served);
  await served.server.close();
});

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];

const operations = () =>
  Object.values(document.paths ?? {}).flatMap((item) =>
    Object.entries(item ?? {}).flatMap(([method, operation]) =>
      methods.includes(method) ? [operation as OpenAPIV3_1.OperationObject] : [],
    ),
  );

const post = () => document.paths?.[postPath]?.post;
const bodyMedia = () => (post()?.requestBody as OpenAPIV3_1.RequestBodyObject).content['application/json'];
const ajv = () => new Ajv2020({ strict: false, validateFormats: false });

describe('the document', () => {
  test('is one of OpenAPI 3.1, of this version of the program, and refers to nothing that it does not hold', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: expect.any(String) as string, version: '1.2.3' });
    expect(JSON.stringify(document)).not.toContain('$ref');
    expect(Object.keys(document).filter((key) => !['openapi', 'info', 'components', 'paths'].includes(key))).toEqual([]);
  });

  test('names each operation once, and describes each answer and each parameter with a schema that is one', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect([...ids].sort()).toEqual(['document', 'health', 'postEvent', 'readiness']);
    for (const { responses = {}, parameters = [] } of operations()) {
      for (const [status, response] of Object.entries(responses)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        const { description, content = {} } = response as OpenAPIV3_1.ResponseObject;
        expect(description).not.toBe('');
        expect(Object.keys(content)).toHaveLength(1);
        for (const { schema } of Object.values(content)) expect(() => ajv().compile(schema as object)).not.toThrow();
      }
      for (const parameter of parameters as readonly OpenAPIV3_1.ParameterObject[]) {
        expect(parameter).toMatchObject({
          in: 'header',
          name: expect.stringMatching(/^x-/) as string,
          description: expect.any(String) as string,
        });
        expect(() => ajv().compile(parameter.schema as object)).not.toThrow();
      }
    }
  });

  test('asks a post for a bearer, or for both parts of a signature, and nobody else for anything', () => {
    expect(post()?.security).toEqual([{ bearer: [] }, { timestamp: [], signature: [] }]);
    expect(Object.keys(document.components?.securitySchemes ?? {}).sort()).toEqual(['bearer', 'signature', 'timestamp']);
    expect(operations().filter(({ security }) => security !== undefined)).toHaveLength(1);
  });
});

describe('what it says of a body', () => {
  const eventType = 'v2.detail.events.conversation';
  const bare = { eventBody: {} };
  const bodies: readonly Json[] = [
    { detail: { eventBody: {} } },
    bare,
    { type: eventType },
    { detail: { type: eventType } },
    { 'detail-type': 'conversation.end', detail: {} },
    { Type: 'Notification', Message: JSON.stringify(bare) },
    { Type: 'Notification', Message: bare },
    { requestPayload: bare },
    ...[{}, [], null, 'text', 1, true],
    { detail: {} },
    { detail: 'text' },
    { type: 'another' },
    { detail: { type: 'another' } },
    { 'detail-type': 'another', detail: {} },
    { 'detail-type': 'conversation.end' },
    { Type: 'Notification' },
    { requestPayload: 1 },
  ];

  test('is what the code says of it, for each shape and for what is none', () => {
    const validate = ajv().compile(bodyMedia()?.schema as object);
    const described = bodies.map((body) => validate(body));
    const taken = bodies.map((body) => !('reason' in readEnvelope(JSON.stringify(body))));
    expect(described).toEqual(taken);
    expect(taken.filter(Boolean)).toHaveLength(8);
  });

  test('comes with examples that are taken', () => {
    const examples = Object.values(bodyMedia()?.examples ?? {}) as readonly OpenAPIV3_1.ExampleObject[];
    expect(examples).toHaveLength(2);
    for (const { value } of examples) expect(readEnvelope(JSON.stringify(value))).not.toHaveProperty('reason');
  });
});
