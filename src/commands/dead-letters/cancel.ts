import type { Command } from 'commander';
import type { RedriveJob } from '../../core/on-call/redrive-job';
import { audited } from '../../on-call/audit';
import type { OnCallOutside } from '../../on-call/outside';
import { stackOption } from '../environment';
import type { OnCallTerminal } from '../on-call-terminal';
import { whyOption } from '../why-option';
import { withOnCall } from '../with-on-call';
import { findJob } from './resume';

interface CancelOptions {
  readonly why?: string;
  readonly stack?: string;
  readonly json: boolean;
}

type Cancelled = 'asked' | 'cancelled' | 'was-not-running';

const said: Readonly<Record<Cancelled, string>> = {
  asked: 'asked to end: it does so before its next batch. What is left can be gone on with: tidemark dead-letters resume',
  cancelled: 'cancelled: nobody was working on it. What is left can be gone on with: tidemark dead-letters resume',
  'was-not-running': 'was not running',
};

/** Whoever works on it hears it before the next batch; where nobody does, nobody would. */
const cancel = async ({ jobs, clock }: OnCallOutside, { job, state, heldUntilMs = 0 }: RedriveJob): Promise<Cancelled> => {
  if (state !== 'running') return 'was-not-running';
  await jobs.askToCancel(job);
  if (heldUntilMs > clock.nowMs()) return 'asked';
  await jobs.setState(job, 'cancelled', 'somebody asked it to end');
  return 'cancelled';
};

export const addCancel = (deadLetters: Command, terminal: OnCallTerminal): void => {
  deadLetters
    .command('cancel')
    .description('has a redrive end before its next batch, wherever it runs')
    .argument('<job>')
    .addOption(whyOption().makeOptionMandatory(false))
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action((name: string, { stack, why, json }: CancelOptions) =>
      withOnCall({ stack, needsLetters: false }, terminal.program, async (outside) => {
        const job = await findJob(outside, name);
        const asked = { action: 'cancel-redrive', why: why ?? job.why, what: job.what, job: name } as const;
        const { outcome } = await audited(outside, asked, terminal, async () => {
          const done = await cancel(outside, job);
          return { counts: {}, outcomes: [{ id: name, outcome: done }], outcome: done };
        });
        terminal.out(
          json
            ? `${JSON.stringify({ job: name, outcome })}\n`
            : `job ${name}: ${said[outcome]}${outcome === 'was-not-running' ? '' : ` ${name}`}\n`,
        );
      }),
    );
};
