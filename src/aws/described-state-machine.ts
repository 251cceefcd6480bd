import { DescribeStateMachineCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { DescribedStateMachine } from '../ports-doctor';

/** It takes `states:DescribeStateMachine`. */
export const describeStateMachine = async (
  sfn: SFNClient,
  stateMachineArn: string,
  abortSignal: AbortSignal,
): Promise<DescribedStateMachine> => {
  const { status, type, definition, loggingConfiguration } = await sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn }),
    { abortSignal },
  );
  return {
    // Some endpoints leave it out of what is there.
    status: status ?? 'ACTIVE',
    type: type ?? 'unknown',
    definition: definition ?? '',
    logLevel: loggingConfiguration?.level ?? 'OFF',
    logsData: loggingConfiguration?.includeExecutionData === true,
  };
};
