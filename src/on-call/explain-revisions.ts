import { isoOrNull } from '../core/conversation/instant';
import type { StoredRecord } from '../core/items';
import { isObject } from '../core/json';
import { restartName } from '../core/on-call/restart-name';
import type { Anomaly, Pane, RecordStatus } from '../core/record';
import type { Executions, ExecutionSummary } from '../ports-on-call';
import { madeAtMs } from './record-times';

export interface ExplainedExecution {
  readonly name: string;
  readonly arn: string | null;
  /** As Step Functions says it now; `unknown` where it was not asked, `not found` after its 90 days, or where it never began. */
  readonly status: string;
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  /** The error's name; its cause holds customer data. */
  readonly error: string | null;
}

/** A stored record, as far as it says no customer data. */
export interface ExplainedRevision {
  readonly life: string;
  readonly revision: number;
  readonly pane: Pane;
  readonly status: RecordStatus;
  readonly madeAt: string | null;
  readonly madeAtMs: number | null;
  /** Null where an earlier version put it. */
  readonly watermark: string | null;
  /** How often the close had waited for Genesys, and which claim of its window it was. */
  readonly waits: number | null;
  readonly attempts: number | null;
  readonly supersedes: number | null;
  /** Names of fields. */
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  readonly anomalies: readonly Anomaly[];
  readonly eventCount: number;
  /** Fingerprints that were not in the revision before. */
  readonly news: number;
  /** Events that it knew of and that can no longer be found. */
  readonly gone: number;
  readonly attached: number;
  readonly contentHash: string;
  readonly mappers: Readonly<Record<string, number>>;
  readonly handedOff: boolean;
  readonly whyNotHandedOff: string | null;
  /** What Genesys answered, by what was asked: `callDetails`, `transcript`, …; empty where it was not handed off. */
  readonly genesys: Readonly<Record<string, string>>;
  /** The execution, and those that it was started again as. */
  readonly executions: readonly ExplainedExecution[];
}

const extras = ['participantAttributes', 'transcript', 'sentiment'] as const;

const answersIn = ({ outbox }: StoredRecord): Readonly<Record<string, string>> => {
  const input: unknown = outbox.execution && JSON.parse(outbox.execution.input);
  if (!isObject(input)) return {};
  const statusOf = (value: unknown): string | null =>
    isObject(value) && typeof value['status'] === 'string' ? value['status'] : null;
  const said = [
    ['callDetails', input['callDetailsStatus']] as const,
    ...extras.map((name) => [name, statusOf(input[name])] as const),
  ];
  return Object.fromEntries(said.filter((one): one is readonly [(typeof one)[0], string] => typeof one[1] === 'string'));
};

const whyNot = ({ record: { pane }, outbox, recordsOnly }: StoredRecord): string | null => {
  if (outbox.execution) return null;
  if (recordsOnly) return 'a rebuild made it, which was asked for records only';
  return pane === 'early'
    ? 'an early record; of these only the policy `every` starts executions'
    : 'the policy in force then: `first` hands off no late revision';
};

const shownExecution = (
  name: string,
  found: (ExecutionSummary & { readonly error: string | null }) | null,
): ExplainedExecution => ({
  name,
  arn: found?.arn ?? null,
  status: found?.status ?? 'not found',
  startedAt: isoOrNull(found?.startedAtMs ?? null),
  stoppedAt: isoOrNull(found?.stoppedAtMs ?? null),
  error: found?.error ?? null,
});

const notAsked = (name: string): ExplainedExecution => ({
  ...{ name, arn: null, status: 'unknown', startedAt: null, stoppedAt: null, error: null },
});

/** The execution and every restart of it, until there is none under the next name. */
const executionsOf = async (executions: Executions | null, { outbox }: StoredRecord): Promise<readonly ExplainedExecution[]> => {
  const name = outbox.execution?.name;
  if (name === undefined) return [];
  if (executions === null) return [notAsked(name)];
  const found = [shownExecution(name, await executions.describe(name))];
  for (let n = 1; ; n++) {
    const next = restartName(name, n);
    const restart = await executions.describe(next);
    if (!restart) return found;
    found.push(shownExecution(next, restart));
  }
};

const closedOf = (stored: StoredRecord) => ({
  madeAt: isoOrNull(madeAtMs(stored)),
  madeAtMs: madeAtMs(stored),
  watermark: isoOrNull(stored.closed?.watermarkMs ?? null),
  waits: stored.closed?.waits ?? null,
  attempts: stored.closed?.attempts ?? null,
});

const describe = (stored: StoredRecord, before: StoredRecord | undefined): Omit<ExplainedRevision, 'executions'> => {
  const { record, madeOf, gone = [], outbox } = stored;
  const { life, revision, pane, status, supersedes, changed, missing, anomalies, eventCount, contentHash } = record;
  const known = new Set(before?.madeOf);
  return {
    ...{ life, revision, pane, status, ...closedOf(stored), supersedes, changed, missing, anomalies, eventCount },
    news: madeOf.filter((digest) => !known.has(digest)).length,
    gone: gone.length,
    attached: record.attached?.length ?? 0,
    contentHash,
    mappers: record.producedBy.mappers,
    handedOff: outbox.execution !== null,
    whyNotHandedOff: whyNot(stored),
    genesys: answersIn(stored),
  };
};

/** Every revision of every life, oldest first. Step Functions is asked about one after the other: its quota of such calls is small. */
export const explainRevisions = async (
  records: readonly StoredRecord[],
  executions: Executions | null,
): Promise<readonly ExplainedRevision[]> => {
  const revisions: ExplainedRevision[] = [];
  for (const [index, stored] of records.entries()) {
    const before = records.slice(0, index).findLast(({ record }) => record.life === stored.record.life);
    revisions.push({ ...describe(stored, before), executions: await executionsOf(executions, stored) });
  }
  return revisions;
};
