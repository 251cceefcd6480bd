import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { testCredentials, testRegion } from '../../localstack/clients';
import { readStackOutputs } from '../../src/aws/stack';
import { installAws, type AwsInstallation } from './aws-installation';

let aws: AwsInstallation;
let client: CloudFormationClient;
/** Of its own: on LocalStack the installation is a stack, too. */
let stack: string;
beforeAll(async () => {
  aws = await installAws();
  stack = `${aws.prefix}-outputs`;
  client = new CloudFormationClient({ endpoint: aws.endpointUrl, region: testRegion, credentials: testCredentials });
});
afterAll(async () => {
  await client.send(new DeleteStackCommand({ StackName: stack }));
  client.destroy();
  await aws.remove();
});

describe('The outputs of a stack', () => {
  const read = (name: string) => readStackOutputs({ region: testRegion, endpointUrl: aws.endpointUrl }, name);

  test('are read by their names', async () => {
    const outputs = { QueueUrl: 'http://127.0.0.1/1/a?b=1&c=<é>', TableName: 'windows' };
    const TemplateBody = JSON.stringify({
      // A stack must have something in it; this is nothing.
      Resources: { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
      Outputs: Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }])),
    });
    await client.send(new CreateStackCommand({ StackName: stack, TemplateBody }));
    await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.5 }, { StackName: stack });
    expect(await read(stack)).toEqual(new Map(Object.entries(outputs)));
  });

  test('of one that is not there are none', async () => {
    expect(await read(`${stack}-not`)).toBeNull();
  });
});
