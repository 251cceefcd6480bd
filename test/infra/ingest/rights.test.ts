import { ingestRights } from '../../../src/core/ingest-rights';
import { isAllowed, listOf, type IamRequest, type Policy, type Statement } from '../policies/policy';
import { resolve } from '../resolved';
import { logicalId, resourceAt, resourcesOf, synthesize, type Context, type Properties } from '../synthesized';
import { ingestOn } from './contexts';

/* What the task of ingest may do: it is what strangers talk to. */

const policyOf = (context: Context = {}): Policy => {
  const template = synthesize({ ...ingestOn, ...context });
  const { Properties } = resourceAt(template, 'AWS::IAM::Policy', 'Ingest/Task/Role/DefaultPolicy/Resource');
  const { PolicyDocument } = resolve(template, Properties) as { PolicyDocument: { Statement: readonly Statement[] } };
  return { name: 'ingest', bytes: 0, statements: PolicyDocument.Statement };
};

const on = (service: string, name: string): string => `arn:aws:${service}:us-east-1:000000000000:${name}`;
const table = on('dynamodb', 'table/tidemark-windows');

test('the role of the task is this, all of it', () => {
  const told = policyOf().statements.map(({ Effect, Action, Resource }) => [Effect, listOf(Action), Resource]);
  expect(told).toEqual([
    ['Allow', ['sqs:SendMessage'], on('sqs', 'tidemark-intake')],
    ['Allow', ['dynamodb:GetItem', 'dynamodb:PutItem'], table],
    ['Allow', ['secretsmanager:GetSecretValue'], expect.stringContaining(':secret:')],
  ]);
  expect(told.flatMap(([, actions]) => actions)).toEqual(Object.values(ingestRights).flat());
  const role = resourcesOf(synthesize(ingestOn), 'AWS::IAM::Role')['Ingest/Task/Role/Resource']!;
  expect([role.Properties['ManagedPolicyArns'], role.Properties['Policies']]).toEqual([undefined, undefined]);
});

test('of the table it has what is kept of the keys of posts, and nothing of any conversation', () => {
  const policy = policyOf();
  const ask = (action: string, ...leadingKeys: readonly string[]): IamRequest => ({
    action: `dynamodb:${action}`,
    resource: table,
    leadingKeys,
  });
  for (const action of ['GetItem', 'PutItem']) {
    expect(isAllowed([policy], ask(action, 'I#0a1b'))).toBe(true);
    for (const key of ['C#1', 'FLEET', 'AUDIT#2026-03-02', 'SWITCHES', 'QUOTA#x', 'I'])
      expect([key, isAllowed([policy], ask(action, key))]).toEqual([key, false]);
    expect(isAllowed([policy], ask(action, 'I#0a1b', 'C#1'))).toBe(false);
    expect(isAllowed([policy], ask(action))).toBe(false);
  }
  for (const action of ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'BatchGetItem', 'Query', 'Scan'])
    expect(isAllowed([policy], ask(action, 'I#0a1b'))).toBe(false);
});

test('only tasks of this account and region take the role', () => {
  const template = synthesize(ingestOn);
  const trustOf = (program: string): unknown =>
    resourceAt(template, 'AWS::IAM::Role', `${program}/Task/Role/Resource`).Properties['AssumeRolePolicyDocument'];
  expect(trustOf('Ingest')).toEqual(trustOf('Worker'));
});

test("a secret's own key is used for that secret, and a secret without one takes no key", () => {
  const ingestSecretArn = on('secretsmanager', 'secret:senders-AbCdEf');
  const ingestSecretKeyArn = on('kms', 'key/0a1b2c3d');
  const keyOf = (context: Context) => policyOf(context).statements.find(({ Sid }) => Sid === 'KeyOfIngestSecret');
  expect(keyOf({ ingestSecretArn, ingestSecretKeyArn })).toMatchObject({
    Action: 'kms:Decrypt',
    Resource: ingestSecretKeyArn,
    Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': ingestSecretArn } },
  });
  expect(keyOf({ ingestSecretArn })).toBeUndefined();
});

test('the endpoints let through what it does, and its tasks may use them', () => {
  const template = synthesize(ingestOn);
  const letThrough = Object.fromEntries(
    Object.entries(resourcesOf(template, 'AWS::EC2::VPCEndpoint')).map(([path, { Properties }]) => {
      const { PolicyDocument } = resolve(template, Properties) as { PolicyDocument: { Statement: readonly Statement[] } };
      const statements = PolicyDocument.Statement.map(({ Action, Resource }) => [listOf(Action), listOf(Resource)] as const);
      return [path.split('/')[2]!, statements];
    }),
  );
  const passes = (service: string, action: string, resource: string): boolean =>
    letThrough[service]!.some(([actions, resources]) => actions.includes(action) && resources.includes(resource));
  expect(passes('sqs', 'sqs:SendMessage', on('sqs', 'tidemark-intake'))).toBe(true);
  for (const action of ['dynamodb:GetItem', 'dynamodb:PutItem']) expect(passes('dynamodb', action, table)).toBe(true);
  const raw = resourceAt(template, 'AWS::EC2::VPCEndpoint', 'Network/Endpoints/secretsmanager/Resource').Properties;
  expect(JSON.stringify(raw)).toContain(JSON.stringify({ Ref: logicalId(template, 'Ingest/Senders/Secret') }));
  const callers = Object.values(resourcesOf(template, 'AWS::EC2::SecurityGroupIngress'))
    .map(({ Properties }: { Properties: Properties }) => Properties)
    .filter(({ ToPort }) => ToPort === 443);
  expect(callers.map(({ Description }) => Description).sort()).toEqual(['Tidemark ingest', 'Tidemark workers']);
});
