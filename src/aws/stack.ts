import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type ClientPlace, shortLived } from './short-lived-client';

/** CloudFormation has no error of its own for it. */
const isNoStack = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

/** Outputs by their names; null: there is no such stack. It takes `cloudformation:DescribeStacks`. */
export const readStackOutputs = async (place: ClientPlace, stack: string): Promise<ReadonlyMap<string, string> | null> => {
  const client = new CloudFormationClient(shortLived(place));
  try {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    if (!found) return null;
    const { Outputs: outputs = [] } = found;
    return new Map(outputs.map(({ OutputKey: name = '', OutputValue: value = '' }) => [name, value]));
  } catch (error) {
    if (isNoStack(error)) return null;
    throw error;
  } finally {
    client.destroy();
  }
};
