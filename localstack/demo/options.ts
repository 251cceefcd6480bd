import { Command, InvalidArgumentError, Option } from 'commander';

export const sabotages = ['drop-event', 'swap-two', 'start-twice'] as const;

export interface DemoOptions {
  readonly conversations: number;
  readonly seed: string;
  readonly workers: number;
  readonly keep: boolean;
  /** Traffic comes over HTTP. */
  readonly ingest: boolean;
  readonly sabotage?: (typeof sabotages)[number];
}

const wholeNumber =
  (most: number) =>
  (text: string): number => {
    if (!/^[1-9]\d*$/.test(text) || Number(text) > most)
      throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`);
    return Number(text);
  };

const after = `
It starts stand-ins for AWS and a fake Genesys Cloud on free ports of this machine, runs the worker as production runs it, and
compares every record and every execution with what really happened. Nothing else is needed: no account, no Docker, no keys.

With --ingest, a process that takes events over HTTP runs beside the workers, and the traffic is posted to it: half with a bearer secret,
half signed, some of it twice. What it must refuse, and what comes from somebody who cannot prove himself, is posted, too; messages that it
refuses then go straight to the queue. What it said to each post is judged as well.

With --keep, fresh workers take over after the report, and stand-ins, workers, logs and files stay until Ctrl-C.

Exit code: 0 if everything is right, 1 if anything differs or fails, 2 for wrong usage.`;

/** The command line; commander answers --help and wrong usage itself, through the exit that `main` gives it. */
export const parseOptions = (args: readonly string[]): DemoOptions =>
  new Command('npm run demo --')
    .description('Tidemark, end to end: a bad day in a contact centre, and the records that come of it.')
    .option('--conversations <n>', 'conversations to generate; the first 37 show one of each kind', wholeNumber(5_000), 200)
    .option('--seed <text>', 'the same seed generates the same traffic', '1')
    .option('--workers <n>', 'worker processes', wholeNumber(16), 3)
    .option('--ingest', 'send the traffic over HTTP, to `tidemark ingest`, and not to the queue', false)
    .option('--keep', 'leave everything running afterwards, and say where it is', false)
    .addOption(new Option('--sabotage <how>', 'spoil the run in one place, to see that it is noticed').choices(sabotages))
    .addHelpText('after', after)
    .showHelpAfterError()
    .exitOverride()
    .parse(args, { from: 'user' })
    .opts<DemoOptions>();
