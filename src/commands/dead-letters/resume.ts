import type { Command } from 'commander';
import { ConfigError } from '../../config';
import type { RedriveJob } from '../../core/on-call/redrive-job';
import type { OnCallOutside } from '../../on-call/outside';
import { stackOption } from '../environment';
import type { OnCallTerminal } from '../on-call-terminal';
import { whyOption } from '../why-option';
import { withOnCall } from '../with-on-call';
import { wholeNumber } from './number-options';
import { workOn } from './redrive-work';

interface ResumeOptions {
  readonly why?: string;
  readonly patience: number;
  readonly stack?: string;
  readonly json: boolean;
}

/** A job by its name; one that is not there is the caller's to mend. */
export const findJob = async ({ jobs }: OnCallOutside, job: string): Promise<RedriveJob> => {
  const found = await jobs.read(job);
  if (found) return found;
  throw new ConfigError([`Expected a redrive job, found none named \`${job}\`: \`tidemark dead-letters jobs\` lists them.`]);
};

export const addResume = (deadLetters: Command, terminal: OnCallTerminal): void => {
  deadLetters
    .command('resume')
    .description('goes on with a redrive that was interrupted, stopped or cancelled, from anywhere')
    .argument('<job>')
    .addOption(whyOption().makeOptionMandatory(false))
    .option('--patience <seconds>', 'how long nobody may say what came of them before it stops', wholeNumber(1, 86_400), 120)
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action((name: string, { stack, why, patience, json }: ResumeOptions) =>
      withOnCall({ stack }, terminal.program, async (outside) => {
        const job = await findJob(outside, name);
        const work = { outside, terminal, stop: terminal.stop(), patienceMs: patience * 1_000, json };
        const asked = { ...job, why: why ?? job.why };
        const end = await workOn(work, asked, 'resume-redrive', () => Promise.resolve(job));
        if (json && end) terminal.out(`${JSON.stringify(end, null, 2)}\n`);
      }),
    );
};
