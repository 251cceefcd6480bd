import type { StateMachine } from 'aws-local-stepfunctions';
import { compileDefinition, runExecution, type Execution } from './executions';
import { ServiceError } from './service-error';

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
  engine: StateMachine;
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
  readonly create: (name: string, definition: string, roleArn: string) => Machine;
  readonly update: (arn: string, definition: string) => void;
  readonly remove: (arn: string) => void;
  readonly describe: (arn: string) => Machine;
  readonly list: () => readonly Machine[];
  readonly start: (request: StartRequest) => Execution;
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

export const stateMachines = (): StateMachines => {
  const machines = new Map<string, Machine>();
  const executions = new Map<string, Execution>();

  const describe = (arn: string): Machine => {
    const machine = machines.get(arn);
    if (!machine) throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  };

  const create = (name: string, definition: string, roleArn: string): Machine => {
    checkName(name);
    const arn = `${account}:stateMachine:${name}`;
    const existing = machines.get(arn);
    const isSame = existing?.definition === definition && existing.roleArn === roleArn;
    if (existing && !isSame) throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    if (existing) return existing;
    const engine = compileDefinition(definition);
    const machine: Machine = { arn, name, roleArn, createdAtMs: Date.now(), executions: [], definition, engine };
    machines.set(arn, machine);
    return machine;
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
    void runExecution(machine.engine, execution);
    return execution;
  };

  return {
    create,
    describe,
    start,
    list: () => [...machines.values()],
    update: (arn, definition) => void Object.assign(describe(arn), { definition, engine: compileDefinition(definition) }),
    remove: (arn) => {
      machines.get(arn)?.executions.forEach((execution) => {
        execution.abort?.();
        executions.delete(execution.arn);
      });
      machines.delete(arn);
    },
    describeExecution: (arn) => {
      const execution = executions.get(arn);
      if (!execution) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
      return execution;
    },
    abortAll: () => executions.forEach((execution) => execution.abort?.()),
    listExecutions: (request) => newestFirst(describe(request.stateMachineArn), request),
  };
};
