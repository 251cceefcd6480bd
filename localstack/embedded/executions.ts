import './promise-with-resolvers';
import { ExecutionAbortedError, ExecutionTimeoutError, StateMachine } from 'aws-local-stepfunctions';
import { ServiceError } from './service-error';
import { overridesFor, type Behind, type Definition } from './tasks/overrides';

type EngineDefinition = ConstructorParameters<typeof StateMachine>[0];
type EngineInput = Parameters<StateMachine['run']>[0];
type RunOptions = NonNullable<Parameters<StateMachine['run']>[1]>;

export interface Execution {
  readonly arn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: string;
  readonly startedAtMs: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT';
  stoppedAtMs?: number;
  output?: string;
  error?: string;
  cause?: string;
  /** Ends it before its time. */
  abort?: () => void;
}

export interface Workflow {
  readonly engine: StateMachine;
  readonly overridesOf: (executionName: string) => NonNullable<RunOptions['overrides']>;
}

/** Throws what AWS answers to a definition that is none. */
export const compileDefinition = (definition: string, behind: Behind): Workflow => {
  try {
    const parsed = JSON.parse(definition) as EngineDefinition & Definition;
    const engine = new StateMachine(parsed);
    const overridesOf: Workflow['overridesOf'] = (executionName) =>
      // What a task gives is what was JSON.
      overridesFor(parsed, behind, executionName) as ReturnType<Workflow['overridesOf']>;
    overridesOf('none yet');
    return { engine, overridesOf };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${String(error)}'`);
  }
};

const statusOf = (error: unknown): Execution['status'] => {
  if (error instanceof ExecutionAbortedError) return 'ABORTED';
  return error instanceof ExecutionTimeoutError ? 'TIMED_OUT' : 'FAILED';
};

const contextOf = (execution: Execution, input: EngineInput): NonNullable<RunOptions['context']> => ({
  Execution: {
    Id: execution.arn,
    Name: execution.name,
    Input: input,
    StartTime: new Date(execution.startedAtMs).toISOString(),
  },
  StateMachine: { Id: execution.stateMachineArn },
});

/** Really executes the workflow; the execution tells how it went when it is over. */
export const runExecution = async ({ engine, overridesOf }: Workflow, execution: Execution): Promise<void> => {
  const input = JSON.parse(execution.input) as EngineInput;
  const overrides = overridesOf(execution.name);
  try {
    const { result, abort } = engine.run(input, { context: contextOf(execution, input), overrides });
    execution.abort = abort;
    execution.output = JSON.stringify(await result);
    execution.status = 'SUCCEEDED';
  } catch (error) {
    execution.status = statusOf(error);
    // The engine wraps what the workflow itself reported.
    const reported = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    execution.error = reported instanceof Error ? reported.name : 'States.Runtime';
    execution.cause = reported instanceof Error ? reported.message : String(reported);
  }
  execution.stoppedAtMs = Date.now();
};
