import { isObject, textOrNull } from '../core/json';
import { parseObject } from '../core/formats/parse';
import { groupOf } from '../core/on-call/fingerprint';
import { restartName } from '../core/on-call/restart-name';
import type { Stopped } from '../core/on-call/stopped';
import type { ExecutionDetail, Executions } from '../ports-on-call';

/** A failed execution, and whether somebody has started it again. */
export interface JudgedExecution {
  readonly stopped: Stopped;
  /** The newest restart; its own failure is listed by itself. */
  readonly startedAgainAs: string | null;
}

const mostRestarts = 100;

/** The restarts of its series that came after it, oldest first. */
const restartsAfter = async (executions: Executions, { name }: ExecutionDetail): Promise<readonly ExecutionDetail[]> => {
  const found: ExecutionDetail[] = [];
  for (let n = 1; n <= mostRestarts; n++) {
    const next = restartName(name, n);
    if (next === name) {
      found.length = 0;
      continue;
    }
    const restart = await executions.describe(next);
    if (restart === null) break;
    found.push(restart);
  }
  return found;
};

const outlookOf = (newest: ExecutionDetail | undefined): Pick<Stopped, 'outlook' | 'outlookDetail'> => {
  if (newest === undefined)
    return { outlook: 'unknown', outlookDetail: 'It would be started again under another name, with the same input.' };
  const said = `Started again as ${newest.name}: ${newest.status}.`;
  return newest.status === 'SUCCEEDED' || newest.status === 'RUNNING'
    ? { outlook: 'would-duplicate', outlookDetail: said }
    : { outlook: 'unknown', outlookDetail: said };
};

const conversationIn = (input: string): string | null => {
  const parsed = parseObject(input, 'the input');
  return 'object' in parsed && isObject(parsed.object) ? textOrNull(parsed.object['conversationId']) : null;
};

/** An error's name is a name of the workflow's or of AWS; all else may quote what a step was told. */
const errorName = ({ error, status }: ExecutionDetail): string =>
  /^[\w.-]{1,100}$/.test(error ?? '') ? (error ?? status) : status;

/** What failed in the workflow, without what it was told. */
export const judgeExecution = async (executions: Executions, detail: ExecutionDetail): Promise<JudgedExecution> => {
  const newest = (await restartsAfter(executions, detail)).at(-1);
  const conversationId = conversationIn(detail.input);
  const cause = {
    place: 'execution',
    reason: errorName(detail),
    detail: detail.status,
    type: null,
    subject: null,
    rule: null,
  } as const;
  return {
    startedAgainAs: newest?.name ?? null,
    stopped: {
      ...cause,
      id: detail.name,
      queueUrl: null,
      group: groupOf(cause),
      stoppedAtMs: detail.stoppedAtMs,
      beganAtMs: detail.startedAtMs,
      receiveCount: 1,
      conversationIds: conversationId === null ? [] : [conversationId],
      bytes: Buffer.byteLength(detail.input),
      bodySha256: null,
      history: null,
      ...outlookOf(newest),
    },
  };
};
