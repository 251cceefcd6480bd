import { ServiceError } from '../service-error';
import { task, TaskFailure, type Task } from './task';

interface Described {
  readonly arn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
}

const schema = {
  type: 'object',
  required: ['ExecutionArn'],
  additionalProperties: false,
  properties: {
    ExecutionArn: { type: 'string', minLength: 1 },
    IncludedData: { enum: ['ALL_DATA', 'METADATA_ONLY'] },
  },
};

/** Step Functions asked about itself. Parameters and answers of SDK integrations begin with a capital. */
export const describeExecution = (describe: (executionArn: string) => Described): Task =>
  task('arn:aws:states:::aws-sdk:sfn:describeExecution', schema, ({ ExecutionArn }: { readonly ExecutionArn: string }) =>
    Promise.resolve().then(() => {
      try {
        const { arn, stateMachineArn, name, status } = describe(ExecutionArn);
        return { ExecutionArn: arn, StateMachineArn: stateMachineArn, Name: name, Status: status };
      } catch (error) {
        if (error instanceof ServiceError) throw new TaskFailure('Sfn.ExecutionDoesNotExistException', error.message);
        throw error;
      }
    }),
  );
