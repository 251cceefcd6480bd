import {
  ExecutionAlreadyExists,
  InvalidExecutionInput,
  InvalidName,
  StartExecutionCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { CallRefusedError } from '../core/errors';
import { assertExecutionAllowed } from '../core/limits';
import type { StateMachine } from '../ports';

/**
 * A standard state machine. While an execution runs, the same name with the same input answers that execution, so the SDK's own
 * second try after a lost answer starts nothing; after it has ended, the name is taken for 90 days. Both are `started` or `already`
 * by chance, which is why both are success.
 */
export const sfnStateMachine = (sfn: SFNClient, stateMachineArn: string): StateMachine => ({
  start: async (execution) => {
    assertExecutionAllowed(execution);
    try {
      await sfn.send(new StartExecutionCommand({ stateMachineArn, ...execution }));
      return 'started';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'already';
      if (error instanceof InvalidName || error instanceof InvalidExecutionInput)
        throw new CallRefusedError(`Step Functions refused the execution: ${error.name}.`, { cause: error });
      throw error;
    }
  },
});
