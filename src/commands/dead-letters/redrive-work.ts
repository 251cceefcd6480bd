import { ConfigError } from '../../config';
import type { AuditedAction } from '../../core/on-call/audit';
import type { RedriveCounts } from '../../core/on-call/redrive-counts';
import type { Move, RedriveJob } from '../../core/on-call/redrive-job';
import { audited } from '../../on-call/audit';
import type { OnCallOutside } from '../../on-call/outside';
import { moverOf, OutOfReachError } from '../../on-call/redrive-job';
import { type RunEnd, runRedrive } from '../../on-call/redrive-run';
import type { StopSignals } from '../../ports';
import type { OnCallTerminal } from '../on-call-terminal';
import { redriveProgress } from './redrive-progress';
import { endText } from './redrive-text';
import { forgetStopped } from './snapshot-file';

export interface Work {
  readonly outside: OnCallOutside;
  readonly terminal: OnCallTerminal;
  readonly stop: StopSignals;
  readonly patienceMs: number;
  readonly json: boolean;
}

/** How a job ended, for programs. */
export interface JobEnd extends Pick<RedriveJob, 'job' | 'place' | 'queueUrl'> {
  readonly state: RunEnd['state'];
  readonly because: string | null;
  readonly counts: RedriveCounts;
}

export const orSayWhatIsMissing = <T>(act: () => T): T => {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof OutOfReachError) throw new ConfigError([cause.message], { cause });
    throw cause;
  }
};

/** Done already, by whatever other way: nobody need look at it. */
const isSettled = ({ did, why }: Move): boolean =>
  did === 'moved' || (did === 'skipped' && why?.startsWith('duplicate') === true);

/** Whether somebody must look: not all of it was moved and admitted. */
const needsALook = ({ state, counts }: JobEnd, moves: readonly Move[]): boolean =>
  state !== 'done' || counts.refused > 0 || counts.left > 0 || !moves.every(isSettled);

const auditCounts = ({ selected, moved, skipped, failed, left, admitted, refused, unanswered }: RedriveCounts) => ({
  ...{ selected, moved, skipped, failed, left, admitted, refused, unanswered },
});

const sayBegun = ({ clock }: OnCallOutside, { err }: OnCallTerminal, { job, heldUntilMs = 0 }: RedriveJob): void => {
  err(`job ${job}: Ctrl-C ends it in good order, \`tidemark dead-letters resume ${job}\` goes on\n`);
  if (heldUntilMs > clock.nowMs())
    err(`job ${job}: somebody works on it, or died over it; waiting half a minute at most, before it is taken over\n`);
};

const saySearch =
  ({ err }: OnCallTerminal, job: string) =>
  (left: number, untilMs: number): void => {
    const until = new Date(untilMs).toISOString().slice(0, 19);
    err(
      `job ${job}: ${left} of the selection are not to be seen; others may be looking at them. They are looked for until ${until}Z.\n`,
    );
  };

/** Works on a job until it ends, between two entries of the audit trail; null where somebody else works on it. */
export const workOn = async (
  work: Work,
  job: RedriveJob,
  action: Extract<AuditedAction, 'redrive' | 'resume-redrive'>,
  begin: () => Promise<RedriveJob>,
): Promise<JobEnd | null> => {
  const { outside, terminal, stop, patienceMs, json } = work;
  const makeMover = orSayWhatIsMissing(() => moverOf(outside, job, stop));
  const { why, what } = job;
  const { end } = await audited(outside, { action, why, what, job: job.job }, terminal, async () => {
    const begun = await begin();
    sayBegun(outside, terminal, begun);
    const progress = redriveProgress(terminal);
    const options = {
      stop,
      patienceMs,
      isResumed: action === 'resume-redrive',
      onProgress: progress.show,
      onSearch: saySearch(terminal, begun.job),
    };
    const ended = await runRedrive(outside, begun, makeMover, options).finally(progress.end);
    return { counts: ended ? auditCounts(ended.counts) : {}, end: ended };
  });
  if (end === null) {
    terminal.err(`job ${job.job}: somebody else works on it. \`tidemark dead-letters jobs\` shows how far it is.\n`);
    terminal.found();
    return null;
  }
  const { place, queueUrl } = job;
  const ended = { job: job.job, place, queueUrl, ...end };
  const moves = await outside.jobs.movesOf(job.job);
  if (!json) terminal.out(endText(ended, moves));
  const moved = moves.filter(({ did }) => did === 'moved');
  await forgetStopped(
    outside,
    moved.map(({ id }) => id),
  );
  if (needsALook(ended, moves)) terminal.found();
  return ended;
};
