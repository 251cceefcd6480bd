import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Execution } from './executions';
import { answerJson } from './json-service';
import { ownDynamo } from './own-client';
import { ServiceError } from './service-error';
import type { StandIn } from './stand-in';
import { stateMachines, type ListRequest, type Logging, type StateMachines } from './state-machines';
import { dynamoDbTasks } from './tasks/dynamodb';
import { batchDetectSentiment } from './tasks/comprehend';
import { httpInvoke } from './tasks/http-invoke';
import type { Behind } from './tasks/overrides';

/* Step Functions over HTTP, in AWS's JSON 1.0 protocol: the operation is in a header, times are epoch seconds. */

/** As the SDK sends it: members that are required there are present. */
interface Request extends ListRequest {
  readonly name?: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type?: string;
  readonly input?: string;
  readonly executionArn: string;
  readonly loggingConfiguration?: Logging;
}

type Operation = (machines: StateMachines, request: Request) => object;

const seconds = (ms: number): number => ms / 1000;

const summary = (execution: Execution): object => ({
  executionArn: execution.arn,
  stateMachineArn: execution.stateMachineArn,
  name: execution.name,
  status: execution.status,
  startDate: seconds(execution.startedAtMs),
  ...(execution.stoppedAtMs !== undefined && { stopDate: seconds(execution.stoppedAtMs) }),
});

const operations: Readonly<Record<string, Operation>> = {
  CreateStateMachine: (machines, { name, definition, roleArn, type, loggingConfiguration: logging }) => {
    if (type !== undefined && type !== 'STANDARD')
      throw new ServiceError(
        'ValidationException',
        `Expected the type STANDARD, the only one that protects a name; got '${type}'`,
      );
    const machine = machines.create(name ?? '', roleArn, { definition, logging });
    return { stateMachineArn: machine.arn, creationDate: seconds(machine.createdAtMs) };
  },
  UpdateStateMachine: (machines, { stateMachineArn, definition, loggingConfiguration: logging }) => {
    machines.update(stateMachineArn, { definition, logging });
    return { updateDate: seconds(Date.now()) };
  },
  DeleteStateMachine: (machines, { stateMachineArn }) => {
    machines.remove(stateMachineArn);
    return {};
  },
  DescribeStateMachine: (machines, { stateMachineArn }) => {
    const { arn, createdAtMs, logging, ...machine } = machines.describe(stateMachineArn);
    const { name, roleArn, definition } = machine;
    const described = { name, roleArn, definition, type: 'STANDARD', status: 'ACTIVE', creationDate: seconds(createdAtMs) };
    return {
      stateMachineArn: arn,
      ...described,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false, ...logging },
    };
  },
  ListStateMachines: (machines) => ({
    stateMachines: machines.list().map(({ arn, name, createdAtMs }) => ({
      stateMachineArn: arn,
      name,
      type: 'STANDARD',
      creationDate: seconds(createdAtMs),
    })),
  }),
  StartExecution: (machines, { stateMachineArn, name = randomUUID(), input = '{}' }) => {
    const execution = machines.start({ stateMachineArn, name, input });
    return { executionArn: execution.arn, startDate: seconds(execution.startedAtMs) };
  },
  DescribeExecution: (machines, { executionArn }) => {
    const execution = machines.describeExecution(executionArn);
    const { input, output, error, cause } = execution;
    return { ...summary(execution), input, output, error, cause };
  },
  StopExecution: (machines, { executionArn }) => {
    machines.stop(executionArn);
    return { stopDate: seconds(Date.now()) };
  },
  ListExecutions: (machines, request) => {
    const { executions, nextToken } = machines.listExecutions(request);
    return { executions: executions.map(summary), nextToken };
  },
};

const answer = async (machines: StateMachines, request: IncomingMessage): Promise<object> => {
  const target = request.headers['x-amz-target'];
  const name = String(target).replace(/^AWSStepFunctions\./, '');
  const operation = operations[name];
  if (!operation)
    throw new ServiceError('UnknownOperationException', `Expected one of ${Object.keys(operations).join(', ')}; got ${name}`);
  return operation(machines, JSON.parse(await text(request)) as Request);
};

/** What the state machines need of what is around them. */
export interface StateMachineOptions extends Pick<Behind, 'pauseMs' | 'beforeTask'> {
  /** Where their tasks reach DynamoDB. */
  readonly endpointUrl?: () => string;
}

const nowhere = (): string => {
  throw new Error('Expected to be told where DynamoDB is; this state machine was started without.');
};

export const startStateMachines = ({ endpointUrl = nowhere, ...behind }: StateMachineOptions = {}): StandIn => {
  const client = ownDynamo(endpointUrl);
  const tasks = [...dynamoDbTasks(client.get), httpInvoke, batchDetectSentiment];
  const machines = stateMachines({ ...behind, tasks });
  return {
    handle: (request, response) => {
      answerJson(response, answer(machines, request));
    },
    close: () => {
      machines.abortAll();
      client.close();
      return Promise.resolve();
    },
  };
};
