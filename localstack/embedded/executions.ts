import './promise-with-resolvers';
import { StateMachine } from 'aws-local-stepfunctions';
import { ServiceError } from './service-error';

type EngineDefinition = ConstructorParameters<typeof StateMachine>[0];
type EngineInput = Parameters<StateMachine['run']>[0];

export interface Execution {
  readonly arn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: string;
  readonly startedAtMs: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  stoppedAtMs?: number;
  output?: string;
  error?: string;
  cause?: string;
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
    execution.output = JSON.stringify(await machine.run(input, { context }).result);
    execution.status = 'SUCCEEDED';
  } catch (error) {
    execution.status = 'FAILED';
    execution.error = error instanceof Error ? error.name : 'States.Runtime';
    execution.cause = String(error);
  }
  execution.stoppedAtMs = Date.now();
};
