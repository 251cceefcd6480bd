import { userInfo } from 'node:os';
import { testRegion } from '../../localstack/clients';
import { callerOf } from '../../src/aws/caller';
import { installAws, type AwsInstallation } from './aws-installation';

let aws: AwsInstallation;
beforeAll(async () => {
  aws = await installAws();
});
afterAll(() => aws.remove());

test('Who calls is known by the ARN', async () => {
  expect(await callerOf({ region: testRegion, endpointUrl: aws.endpointUrl })).toMatch(/^arn:aws:(iam|sts)::\d{12}:\S+$/);
});

test('Where AWS does not say who calls it is the user of this machine, marked as unverified', async () => {
  // Nobody listens there.
  expect(await callerOf({ region: testRegion, endpointUrl: 'http://127.0.0.1:9' })).toBe(`unverified: ${userInfo().username}`);
});
