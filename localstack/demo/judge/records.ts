import type { Head, StoredRecord } from '../../../src/core/items';
import type { ConversationRecord } from '../../../src/core/record';
import { findDifferences } from '../../traffic/compare';
import type { Expected, ExpectedRevision } from '../../traffic/traffic';
import type { Observed } from '../observe';
import type { Difference } from './difference';

/* Are the records what really happened? */

/** What must be known of a conversation in the end. Of a sample, the truth does not say everything. */
export interface ExpectedConversation {
  readonly conversationId: string;
  readonly story: string;
  readonly expected: Partial<Expected>;
  readonly revisions: readonly ExpectedRevision[];
}

type Revisions = readonly ConversationRecord[];

const expecting = (label: string, expected: unknown, got: unknown): readonly string[] =>
  JSON.stringify(expected) === JSON.stringify(got)
    ? []
    : [`${label}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`];

/** One life, numbered from 1 without gaps, each replacing the one before; the first on time, all others late, saying what changed. */
const checkChain = (revisions: Revisions): readonly string[] =>
  revisions.flatMap((record, index) => [
    ...expecting(`revision ${index + 1}, revision`, index + 1, record.revision),
    ...expecting(`revision ${index + 1}, life`, revisions[0]!.life, record.life),
    ...expecting(`revision ${index + 1}, pane`, index === 0 ? 'on_time' : 'late', record.pane),
    ...expecting(`revision ${index + 1}, supersedes`, index === 0 ? null : index, record.supersedes),
    ...expecting(`revision ${index + 1}, changed names fields`, index > 0, record.changed.length > 0),
  ]);

const checkRevision = (expected: ExpectedRevision, record: ConversationRecord): readonly string[] => [
  ...expecting(`revision ${record.revision}, status`, expected.status, record.status),
  ...(expected.missing ? expecting(`revision ${record.revision}, missing`, expected.missing, record.missing) : []),
  ...expecting(`revision ${record.revision}, eventCount`, expected.eventCount, record.eventCount),
];

/** More revisions than waves are allowed in small numbers (see `judgeEconomy`); then only the last can be compared. */
const checkRevisions = (expected: readonly ExpectedRevision[], revisions: Revisions): readonly string[] => {
  if (revisions.length < expected.length) return expecting('revisions', expected.length, revisions.length);
  if (revisions.length > expected.length) return [];
  return expected.flatMap((each, index) => checkRevision(each, revisions[index]!));
};

const judgeOne = (truth: ExpectedConversation, stored: readonly StoredRecord[]): readonly string[] => {
  const revisions = stored.map(({ record }) => record);
  const last = revisions.at(-1);
  if (!last) return ['record: expected one, got none'];
  return [
    ...findDifferences(truth.expected, { ...last }),
    ...checkRevisions(truth.revisions, revisions),
    ...checkChain(revisions),
  ];
};

const judgeHead = ({ conversationId: where, state, finished, lastError }: Head, records: Observed['records']) => {
  const failed = lastError === undefined ? '' : ` (${lastError})`;
  return [
    ...(state === 'closed' ? [] : [{ where, what: `window: expected it to be closed, it is ${state}${failed}` }]),
    ...expecting('window, finished', records.get(where)?.at(-1)?.record.revision, finished).map((what) => ({ where, what })),
  ];
};

/** Every conversation's record against the truth, and no record of any other. */
export const judgeRecords = (truths: readonly ExpectedConversation[], { records, heads }: Observed): readonly Difference[] => {
  const known = new Set(truths.map(({ conversationId }) => conversationId));
  const strangers = [...records.keys()].filter((id) => !known.has(id));
  return [
    ...truths.flatMap((truth) => {
      const where = `${truth.conversationId} (${truth.story})`;
      return judgeOne(truth, records.get(truth.conversationId) ?? []).map((what) => ({ where, what }));
    }),
    ...strangers.map((where) => ({ where, what: 'record: expected none, nobody sent a good event of it' })),
    ...heads.flatMap((head) => judgeHead(head, records)),
  ];
};

const mostPerConversation = 1.05;

/** Executions per conversation of which nothing came late and which nobody reopened. */
export const executionRatio = (truths: readonly ExpectedConversation[], { records }: Pick<Observed, 'records'>): number => {
  const quiet = truths.filter(({ revisions }) => revisions.length === 1);
  const executions = quiet
    .flatMap(({ conversationId }) => records.get(conversationId) ?? [])
    .filter(({ outbox }) => outbox.execution !== null).length;
  return executions / Math.max(1, quiet.length);
};

/** Late events and reopenings lead to further executions; nothing else may, but for a rare window that closed too early. */
export const judgeEconomy = (
  truths: readonly ExpectedConversation[],
  observed: Pick<Observed, 'records'>,
): readonly Difference[] => {
  const ratio = executionRatio(truths, observed);
  if (ratio <= mostPerConversation) return [];
  const what = `executions for each: expected at most ${mostPerConversation}, got ${ratio.toFixed(3)}`;
  return [{ where: 'conversations of which nothing came late', what }];
};
