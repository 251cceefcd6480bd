import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { testCredentials, testRegion } from '../../localstack/clients';
import { simulateRights } from '../../src/aws/simulated-rights';
import type { Area, Finding } from '../../src/doctor/finding';
import { installAws, type AwsInstallation } from '../contract/aws-installation';
import { runHere } from '../run-here';

/* `tidemark doctor` on what the template deploys: every API that it asks, but for Genesys's. */

let aws: AwsInstallation;
const environment = { ...process.env };
const settings = () => ({ endpoint: aws.endpointUrl, region: testRegion, credentials: testCredentials });

beforeAll(async () => {
  aws = await installAws();
  process.env = { ...environment, AWS_ENDPOINT_URL: aws.endpointUrl, AWS_REGION: testRegion, CALL_DETAILS: 'off' };
});
afterAll(async () => {
  process.env = environment;
  await aws.remove();
});

const doctor = async () => {
  const { stdout } = await runHere('doctor', '--json', '--stack', aws.prefix);
  const { areas } = JSON.parse(stdout) as { areas: readonly Area[] };
  const findings = areas.flatMap(({ area, findings: all }) => all.map((one): Finding & { area: string } => ({ area, ...one })));
  const of = (status: string): readonly string[] =>
    findings.filter((one) => one.status === status).map(({ area, check }) => `${area}: ${check}`);
  return { of, find: (check: string) => findings.find((one) => one.check === check) };
};

/** Nobody has started one. */
const noWorker = ['workers: alive'];

test('what the template deploys is as it should be', async () => {
  const { of, find } = await doctor();
  expect(of('wrong')).toEqual(noWorker);
  for (const check of [
    'rule',
    'target',
    "target's dead letters",
    'retries',
    'who may send',
    'TTL',
    'index due',
    'type',
    'definition',
  ])
    expect(find(check)).toMatchObject({ status: 'ok' });
});

test('a rule that was switched off, and a table that keeps everything, are told', async () => {
  const events = new EventBridgeClient(settings());
  const rule = { Name: `${aws.prefix}-feed`, EventBusName: `${aws.prefix}-events` };
  await events.send(new DisableRuleCommand(rule));
  const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: false };
  await aws.clients.dynamo.send(new UpdateTimeToLiveCommand({ TableName: aws.names.tableName, TimeToLiveSpecification }));
  const { of } = await doctor();
  expect(of('wrong')).toEqual(['events of Genesys: rule', 'table: TTL', ...noWorker]);
  await events.send(new EnableRuleCommand(rule));
  events.destroy();
});

test('a right that a role lacks is named', async () => {
  const iam = new IAMClient(settings());
  const RoleName = `${aws.prefix}-worker`;
  const trust = { Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  const { Role: role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const statement = { Effect: 'Allow', Action: ['sns:Publish'], Resource: aws.names.topicArn };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'rights', PolicyDocument }));
  const place = { region: testRegion, endpointUrl: aws.endpointUrl };
  const asked = [
    { on: 'topic', resourceArn: aws.names.topicArn, actions: ['sns:Publish'] },
    { on: 'intakeQueue', resourceArn: aws.names.queueArn, actions: ['sqs:ReceiveMessage'] },
  ] as const;
  const rights = await simulateRights(place, role!.Arn!, asked, AbortSignal.timeout(10_000));
  expect(rights).toMatchObject([
    { on: 'topic', action: 'sns:Publish', decision: 'allowed' },
    { on: 'intakeQueue', action: 'sqs:ReceiveMessage', decision: expect.stringMatching(/Deny$/) as string },
  ]);
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'rights' }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  iam.destroy();
});
