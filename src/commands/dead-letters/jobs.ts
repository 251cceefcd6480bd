import type { Command } from 'commander';
import { countRedrive, type RedriveCounts } from '../../core/on-call/redrive-counts';
import type { RedriveJob } from '../../core/on-call/redrive-job';
import type { OnCallOutside } from '../../on-call/outside';
import { inColumns } from '../columns';
import { stackOption } from '../environment';
import type { OnCallTerminal } from '../on-call-terminal';
import { withOnCall } from '../with-on-call';

interface JobsOptions {
  readonly stack?: string;
  readonly json: boolean;
}

interface ListedJob extends Omit<RedriveJob, 'state'> {
  /** `interrupted`: it is not over, and nobody works on it. */
  readonly state: RedriveJob['state'] | 'interrupted';
  readonly counts: RedriveCounts;
}

/** To count one means to read all its moves and outcomes. */
const mostCounted = 20;

const look = async ({ jobs, clock }: OnCallOutside, job: RedriveJob): Promise<ListedJob> => {
  const [moves, outcomes] = await Promise.all([jobs.movesOf(job.job), jobs.outcomesOf(job.job)]);
  const isAlone = (job.heldUntilMs ?? 0) <= clock.nowMs();
  const counts = countRedrive(
    job.selected,
    new Map(moves.map((move) => [move.id, move])),
    new Map(outcomes.map((outcome) => [outcome.letter, outcome])),
  );
  return { ...job, state: job.state === 'running' && isAlone ? 'interrupted' : job.state, counts };
};

const header = ['job', 'began', 'place', 'state', 'selected', 'moved', 'skipped', 'failed', 'left', 'admitted', 'refused', 'who'];
const isNumber = (column: number): boolean => column >= 4 && column <= 10;

/** Of letters alone the table knows what came of them. */
const rowOf = ({ job, startedAtMs, place, state, counts, who }: ListedJob): readonly string[] => {
  const { selected, moved, skipped, failed, left, admitted, refused } = counts;
  const began = `${new Date(startedAtMs).toISOString().slice(0, 19)}Z`;
  const answers = place === 'worker' || place === 'eventbridge' ? [admitted, refused].map(String) : ['-', '-'];
  return [job, began, place, state, ...[selected, moved, skipped, failed, left].map(String), ...answers, who];
};

const text = (listed: readonly ListedJob[]): string => {
  if (listed.length === 0) return 'There are no redrives.\n';
  const reasons = listed.flatMap(({ job, because }) => (because === null ? [] : [`  ${job}: ${because}`]));
  return `${[inColumns([header, ...listed.map(rowOf)], isNumber), ...(reasons.length === 0 ? [] : ['', ...reasons])].join('\n')}\n`;
};

/** One after the other: each may be a hundred thousand rows. */
const lookAtAll = async (outside: OnCallOutside): Promise<readonly ListedJob[]> => {
  const listed: ListedJob[] = [];
  for (const job of (await outside.jobs.list()).slice(0, mostCounted)) listed.push(await look(outside, job));
  return listed;
};

export const addJobs = (deadLetters: Command, terminal: OnCallTerminal): void => {
  deadLetters
    .command('jobs')
    .description('the newest redrives, how far they are and why they ended')
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action(({ stack, json }: JobsOptions) =>
      withOnCall({ stack, needsLetters: false }, terminal.program, async (outside) => {
        const listed = await lookAtAll(outside);
        terminal.out(json ? `${JSON.stringify(listed, null, 2)}\n` : text(listed));
      }),
    );
};
