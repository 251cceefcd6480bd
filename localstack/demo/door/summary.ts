import type { WorkerMetrics } from '../worker-metrics';
import type { Posted } from './sender';

/** What the door did: what senders were told, and what its own log counts. */
export interface DoorResult {
  readonly posted: readonly Posted[];
  readonly metrics: WorkerMetrics;
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US');

const tally = (names: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${number(count)} ${name}`)
    .join(', ');
};

const acceptedOf = (posted: readonly Posted[]): readonly Posted[] => posted.filter(({ answer }) => answer?.messageId);

/** Posts that share their message with another one. */
const repeatedOf = (accepted: readonly Posted[]): number =>
  accepted.length - new Set(accepted.map(({ answer }) => answer?.messageId)).size;

export const doorRows = ({ posted, metrics }: DoorResult): readonly (readonly string[])[] => {
  const accepted = acceptedOf(posted);
  const requests = metrics.by('AwsRequests', 'operation').get('SendMessageBatch') ?? 0;
  const refused = posted.flatMap(({ answer }) =>
    answer === null || answer.messageId ? [] : `${answer.status} ${answer.problem}`,
  );
  const proofs = tally(accepted.map(({ post }) => `with ${post.proof}`));
  return [
    ['posts accepted', number(accepted.length), `${proofs}; ${number(repeatedOf(accepted))} had been before: the same id`],
    [
      '… SQS requests for each',
      (requests / Math.max(1, accepted.length)).toFixed(2),
      `${number(requests)} of ten messages at most`,
    ],
    ['posts refused', number(refused.length), tally(refused)],
  ];
};
