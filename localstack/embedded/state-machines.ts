import { compileDefinition, runExecution, type Execution, type Workflow } from './executions';
import { ServiceError } from './service-error';
import { describeExecution } from './tasks/describe-execution';
import type { Behind } from './tasks/overrides';

/*
 * Step Functions' rules for STANDARD state machines, around an engine that knows none of them. The rule that matters here is the
 * one for names: the same name and input while the execution runs is the same execution; otherwise it already exists.
 */

interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly createdAtMs: number;
  /** In order of their start. */
  readonly executions: Execution[];
  definition: string;
  workflow: Workflow;
  logging: Logging;
}

/** As AWS takes it, less where to. */
export interface Logging {
  readonly level?: string;
  readonly includeExecutionData?: boolean;
  readonly destinations?: readonly object[];
}

export interface Settings {
  readonly definition: string;
  readonly logging?: Logging | undefined;
}

export interface StartRequest {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: string;
}

export interface ListRequest {
  readonly stateMachineArn: string;
  readonly statusFilter?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface StateMachines {
  readonly create: (name: string, roleArn: string, settings: Settings) => Machine;
  readonly update: (arn: string, settings: Settings) => void;
  readonly remove: (arn: string) => void;
  readonly describe: (arn: string) => Machine;
  readonly list: () => readonly Machine[];
  readonly start: (request: StartRequest) => Execution;
  readonly stop: (executionArn: string) => Execution;
  readonly describeExecution: (executionArn: string) => Execution;
  readonly listExecutions: (request: ListRequest) => { readonly executions: readonly Execution[]; readonly nextToken?: string };
  readonly abortAll: () => void;
}

const account = 'arn:aws:states:us-east-1:000000000000';
const maximumNameLength = 80;
const maximumInputBytes = 262_144;
const defaultPageSize = 100;
// White space, brackets, wildcards, special and control characters, surrogates: API reference of StartExecution, `name`.
const illegalInName = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;

const checkName = (name: string): void => {
  if (name.length < 1 || name.length > maximumNameLength)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value at 'name' failed to satisfy constraint: Member must have length between 1 and ${maximumNameLength}`,
    );
  if (illegalInName.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
};

const checkInput = (input: string): void => {
  if (Buffer.byteLength(input) > maximumInputBytes)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${maximumInputBytes}`,
    );
  try {
    JSON.parse(input);
  } catch (error) {
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${String(error)}'`);
  }
};

const checkLogging = ({ level = 'OFF', destinations = [] }: Logging): void => {
  if (level !== 'OFF' && destinations.length !== 1)
    throw new ServiceError(
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    );
};

const newestFirst = (machine: Machine, request: ListRequest): ReturnType<StateMachines['listExecutions']> => {
  const size = request.maxResults ? Math.min(request.maxResults, 1000) : defaultPageSize;
  // The token counts from the oldest, so executions that start between two pages move nothing.
  let next = request.nextToken === undefined ? machine.executions.length : Number(request.nextToken);
  const page: Execution[] = [];
  while (next > 0 && page.length < size) {
    const execution = machine.executions[--next];
    if (execution && (!request.statusFilter || execution.status === request.statusFilter)) page.push(execution);
  }
  return { executions: page, ...(next > 0 && { nextToken: String(next) }) };
};

/** What stands behind the tasks, beside Step Functions itself. */
export const stateMachines = (behind: Behind = { tasks: [] }): StateMachines => {
  const machines = new Map<string, Machine>();
  const executions = new Map<string, Execution>();

  const describe = (arn: string): Machine => {
    const machine = machines.get(arn);
    if (!machine) throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  };

  const findExecution = (arn: string): Execution => {
    const execution = executions.get(arn);
    if (!execution) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  };

  const compile = (definition: string): Workflow =>
    compileDefinition(definition, { ...behind, tasks: [...behind.tasks, describeExecution(findExecution)] });

  const create = (name: string, roleArn: string, { definition, logging = {} }: Settings): Machine => {
    checkName(name);
    checkLogging(logging);
    const arn = `${account}:stateMachine:${name}`;
    const existing = machines.get(arn);
    const isSame = existing?.definition === definition && existing.roleArn === roleArn;
    if (existing && !isSame) throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    if (existing) return existing;
    const workflow = compile(definition);
    const machine: Machine = { arn, name, roleArn, createdAtMs: Date.now(), executions: [], definition, workflow, logging };
    machines.set(arn, machine);
    return machine;
  };

  const update = (arn: string, { definition, logging }: Settings): void => {
    checkLogging(logging ?? {});
    Object.assign(describe(arn), { definition, workflow: compile(definition), ...(logging && { logging }) });
  };

  const start = ({ stateMachineArn, name, input }: StartRequest): Execution => {
    checkName(name);
    checkInput(input);
    const machine = describe(stateMachineArn);
    const arn = `${account}:execution:${machine.name}:${name}`;
    const existing = executions.get(arn);
    const isSame = existing?.status === 'RUNNING' && existing.input === input;
    if (existing && !isSame) throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    if (existing) return existing;
    const execution: Execution = { arn, stateMachineArn, name, input, startedAtMs: Date.now(), status: 'RUNNING' };
    executions.set(arn, execution);
    machine.executions.push(execution);
    void runExecution(machine.workflow, execution);
    return execution;
  };

  return {
    create,
    describe,
    start,
    update,
    list: () => [...machines.values()],
    remove: (arn) => {
      machines.get(arn)?.executions.forEach((execution) => {
        execution.abort?.();
        executions.delete(execution.arn);
      });
      machines.delete(arn);
    },
    describeExecution: findExecution,
    stop: (arn) => {
      const execution = findExecution(arn);
      execution.abort?.();
      return execution;
    },
    abortAll: () => executions.forEach((execution) => execution.abort?.()),
    listExecutions: (request) => newestFirst(describe(request.stateMachineArn), request),
  };
};
