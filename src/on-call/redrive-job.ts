import type { RedriveJob } from '../core/on-call/redrive-job';
import { executionMover } from './execution-mover';
import { letterMover } from './letter-mover';
import type { OnCallOutside } from './outside';
import type { RedrivePlan } from './redrive-plan';
import type { MakeMover } from './redrive-run';
import type { StopSignals } from '../ports';
import { windowMover } from './window-mover';

/** How it was asked for. */
export type RedriveAsked = Pick<RedriveJob, 'job' | 'why' | 'what' | 'perSecond' | 'stopAt'>;

/** Its place cannot be reached with what this command was given. */
export class OutOfReachError extends Error {
  override readonly name = 'OutOfReachError';
}

/** The selection is in the table before anything moves; what is skipped ahead is noted before there is a job that could move it. */
export const createJob = async (outside: OnCallOutside, plan: RedrivePlan, asked: RedriveAsked): Promise<RedriveJob> => {
  const { jobs, clock, who, retentionMs } = outside;
  const nowMs = Math.trunc(clock.nowMs());
  const expiresAtMs = nowMs + retentionMs;
  const selection = [...plan.toMove, ...plan.toSkip.map(({ stopped }) => stopped)].map(({ id }) => id);
  const job: RedriveJob = {
    ...asked,
    state: 'running',
    because: null,
    startedAtMs: nowMs,
    who: await who(),
    place: plan.place,
    queueUrl: plan.queueUrl,
    selected: selection.length,
    cancel: false,
  };
  const skips = plan.toSkip.map(({ stopped: { id }, why }) => ({ id, did: 'skipped', why }) as const);
  await jobs.noteMoves(job.job, skips, expiresAtMs);
  await jobs.create(job, selection, expiresAtMs);
  return job;
};

const letters = (outside: OnCallOutside, { place, queueUrl }: RedriveJob, stop: StopSignals): MakeMover => {
  const queue = outside.letterQueues.find(({ url }) => url === queueUrl);
  if (!queue)
    throw new OutOfReachError(
      `Expected the queue of this job, ${String(queueUrl)} (${place}), among those that the environment or --stack names.`,
    );
  const to = outside.destinationOf(queue);
  if (!to)
    throw new OutOfReachError(
      `Expected to know where letters of ${queue.url} go back to, and nobody does: neither its subscription nor the topic was found.`,
    );
  return (book, hiddenUntilMs) => letterMover(outside, { book, queue, to, stop, hiddenUntilMs });
};

/** Throws OutOfReachError before anything is moved. */
export const moverOf = (outside: OnCallOutside, job: RedriveJob, stop: StopSignals): MakeMover => {
  const { executions } = outside;
  switch (job.place) {
    case 'worker':
    case 'eventbridge':
    case 'subscription':
      return letters(outside, job, stop);
    case 'window':
      return (book) => Promise.resolve(windowMover(outside, book));
    case 'execution':
      if (executions === null) throw new OutOfReachError('Expected STATE_MACHINE_ARN, or --stack, for failed executions.');
      return (book) => Promise.resolve(executionMover(executions, book));
  }
};
