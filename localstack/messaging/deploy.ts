import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { testCredentials, testRegion } from '../clients';
import type { Template } from './template';

export type StackOutputs = ReadonlyMap<string, string>;

const waiting = { maxWaitTime: 300, minDelay: 0.1, maxDelay: 1 };

const withCloudFormation = async <T>(endpointUrl: string, use: (client: CloudFormationClient) => Promise<T>): Promise<T> => {
  const client = new CloudFormationClient({ endpoint: endpointUrl, region: testRegion, credentials: testCredentials });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
};

const isUnknown = (error: unknown): boolean => error instanceof Error && error.name === 'InvalidAction';

/** The embedded stand-ins tell where things are, and know no more of CloudFormation than that takes. */
export const makesStacks = (endpointUrl: string): Promise<boolean> =>
  withCloudFormation(endpointUrl, async (client) => {
    try {
      await client.send(new ListStacksCommand({}));
      return true;
    } catch (error) {
      if (isUnknown(error)) return false;
      throw error;
    }
  });

/** The first resource that failed, in its own words; the rest failed with it. */
const whyItFailed = async (client: CloudFormationClient, StackName: string): Promise<string> => {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED')).at(-1);
  return failed ? `${failed.LogicalResourceId}: ${failed.ResourceStatusReason}` : 'no resource says why';
};

const create = async (client: CloudFormationClient, StackName: string, template: Template): Promise<void> => {
  const Capabilities = ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const];
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template), Capabilities }));
  await waitUntilStackCreateComplete({ client, ...waiting }, { StackName }).catch(async (cause: unknown) => {
    throw new Error(`Expected stack ${StackName} to be created; ${await whyItFailed(client, StackName)}`, { cause });
  });
};

const readOutputs = async (client: CloudFormationClient, StackName: string): Promise<StackOutputs> => {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return new Map((stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
};

const isThereAlready = (error: unknown): boolean => error instanceof Error && error.name === 'AlreadyExistsException';

/** Creates the stack, or leaves it as it is: LocalStack answers an update, and changes nothing. */
export const deployStack = (endpointUrl: string, name: string, template: Template): Promise<StackOutputs> =>
  withCloudFormation(endpointUrl, async (client) => {
    await create(client, name, template).catch((error: unknown) => {
      if (!isThereAlready(error)) throw error;
    });
    return readOutputs(client, name);
  });

export const deleteStack = (endpointUrl: string, StackName: string): Promise<void> =>
  withCloudFormation(endpointUrl, async (client) => {
    await client.send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete({ client, ...waiting }, { StackName });
  });
