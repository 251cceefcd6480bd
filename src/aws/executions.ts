import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionDoesNotExist,
  type ExecutionListItem,
  InvalidArn,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { ExecutionDetail, Executions, ExecutionSummary } from '../ports-on-call';
import { sfnStateMachine } from './state-machine';

const failed = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** Step Functions' most. */
const largestPage = 1_000;

interface Machine {
  readonly sfn: SFNClient;
  readonly stateMachineArn: string;
  readonly pageSize: number;
}

const summaryOf = (told: ExecutionListItem | DescribeExecutionCommandOutput): ExecutionSummary => ({
  name: told.name ?? '',
  arn: told.executionArn ?? '',
  status: told.status ?? 'unknown',
  startedAtMs: told.startDate?.getTime() ?? 0,
  stoppedAtMs: told.stopDate?.getTime() ?? null,
});

async function* listByStatus({ sfn, stateMachineArn, pageSize }: Machine, statusFilter: (typeof failed)[number]) {
  const pages = paginateListExecutions({ client: sfn, pageSize }, { stateMachineArn, statusFilter });
  for await (const { executions = [] } of pages) yield* executions.map(summaryOf);
}

interface Ahead {
  readonly list: AsyncIterator<ExecutionSummary>;
  readonly first: ExecutionSummary;
}

const lookAhead = async (list: AsyncIterator<ExecutionSummary>): Promise<Ahead | null> => {
  const next = await list.next();
  return next.done ? null : { list, first: next.value };
};

const isGiven = (one: Ahead | null): one is Ahead => one !== null;

/** Each list is newest first, by start; the newest of their first ones is the newest of all. */
async function* mergeNewestFirst(lists: readonly AsyncIterator<ExecutionSummary>[]): AsyncIterable<ExecutionSummary> {
  let ahead = (await Promise.all(lists.map(lookAhead))).filter(isGiven);
  while (ahead.length > 0) {
    const newest = ahead.reduce((best, one) => (one.first.startedAtMs > best.first.startedAtMs ? one : best));
    yield newest.first;
    const next = await lookAhead(newest.list);
    ahead = ahead.map((one) => (one === newest ? next : one)).filter(isGiven);
  }
}

/** An execution's ARN follows from its state machine's: `…:stateMachine:<machine>` and `…:execution:<machine>:<name>`. */
const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

const describe = async (sfn: SFNClient, stateMachineArn: string, name: string): Promise<ExecutionDetail | null> => {
  try {
    const told = await sfn.send(new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, name) }));
    return { ...summaryOf(told), input: told.input ?? '', error: told.error ?? null, cause: told.cause ?? null };
  } catch (error) {
    // What cannot be a name names none.
    if (error instanceof ExecutionDoesNotExist || error instanceof InvalidArn) return null;
    throw error;
  }
};

export const sfnExecutions = (
  sfn: SFNClient,
  stateMachineArn: string,
  { pageSize = largestPage }: { readonly pageSize?: number } = {},
): Executions => ({
  listFailed: () => mergeNewestFirst(failed.map((status) => listByStatus({ sfn, stateMachineArn, pageSize }, status))),
  describe: (name) => describe(sfn, stateMachineArn, name),
  start: sfnStateMachine(sfn, stateMachineArn).start,
});
