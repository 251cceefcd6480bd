import './promise-with-resolvers';
import { ExecutionAbortedError, StateMachine } from 'aws-local-stepfunctions';
import { ServiceError } from './service-error';

type EngineDefinition = ConstructorParameters<typeof StateMachine>[0];
type EngineInput = Parameters<StateMachine['run']>[0];

export interface Execution {
  readonly arn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: string;
  readonly startedAtMs: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  stoppedAtMs?: number;
  output?: string;
  error?: string;
  cause?: string;
  /** Ends it before its time. */
  abort?: () => void;
}

/** Throws what AWS answers to a definition that is none. */
export const compileDefinition = (definition: string): StateMachine => {
  try {
    return new StateMachine(JSON.parse(definition) as EngineDefinition);
  } catch (error) {
    throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${String(error)}'`);
  }
};

/** Really executes the workflow; the execution tells how it went when it is over. */
export const runExecution = async (machine: StateMachine, execution: Execution): Promise<void> => {
  const input = JSON.parse(execution.input) as EngineInput;
  const context = {
    Execution: {
      Id: execution.arn,
      Name: execution.name,
      Input: input,
      StartTime: new Date(execution.startedAtMs).toISOString(),
    },
    StateMachine: { Id: execution.stateMachineArn },
  };
  try {
    const { result, abort } = machine.run(input, { context });
    execution.abort = abort;
    execution.output = JSON.stringify(await result);
    execution.status = 'SUCCEEDED';
  } catch (error) {
    execution.status = error instanceof ExecutionAbortedError ? 'ABORTED' : 'FAILED';
    // The engine wraps what the workflow itself reported.
    const reported = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    execution.error = reported instanceof Error ? reported.name : 'States.Runtime';
    execution.cause = reported instanceof Error ? reported.message : String(reported);
  }
  execution.stoppedAtMs = Date.now();
};
