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
beforeAll(async () => {
  aws = await installAws();
  client = new CloudFormationClient({ endpoint: aws.endpointUrl, region: testRegion, credentials: testCredentials });
});
afterAll(async () => {
  await client.send(new DeleteStackCommand({ StackName: aws.prefix }));
  client.destroy();
  await aws.remove();
});

describe('The outputs of a stack', () => {
  const read = (stack: string) => readStackOutputs({ region: testRegion, endpointUrl: aws.endpointUrl }, stack);

  test('are read by their names', async () => {
    const outputs = { QueueUrl: 'http://127.0.0.1/1/a?b=1&c=<é>', TableName: 'windows' };
    const TemplateBody = JSON.stringify({
      // A stack must have something in it; this is nothing.
      Resources: { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
      Outputs: Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }])),
    });
    await client.send(new CreateStackCommand({ StackName: aws.prefix, TemplateBody }));
    await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.5 }, { StackName: aws.prefix });
    expect(await read(aws.prefix)).toEqual(new Map(Object.entries(outputs)));
  });

  test('of one that is not there are none', async () => {
    expect(await read(`${aws.prefix}-not`)).toBeNull();
  });
});
