import { Command, InvalidArgumentError, Option } from 'commander';
import { mutations, type Mutation } from './mutations';

export interface ChaosOptions {
  readonly minutes: number;
  readonly seed: string;
  readonly workers: number;
  readonly localstack: boolean;
  /** Traffic comes over HTTP, by two doors. */
  readonly ingest: boolean;
  readonly sabotage?: Mutation;
}

const minutes = (text: string): number => {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(value >= 0.25 && value <= 120)) throw new InvalidArgumentError('Expected a number of minutes from 0.25 to 120.');
  return value;
};

const workers = (text: string): number => {
  if (!/^\d+$/.test(text) || Number(text) < 2 || Number(text) > 16)
    throw new InvalidArgumentError('Expected a whole number from 2 to 16.');
  return Number(text);
};

const after = `
Traffic goes on while workers are killed, replaced one by one and cut off from AWS in the middle of a call, and while AWS stands still
for seconds. Then everything is left alone, and every record and every execution is compared with what really happened.

Four kills a minute must hit a held batch, and four a closing window; where they do not, misfortune goes on for up to twice as long.

With --ingest, senders post to two doors over HTTP, of which one at a time is killed or told to stop, mostly while it writes to the queue; they try again
until they are told for good. Four kills a minute must hit a door with posts in hand, and whatever a door accepted must have come to a worker.

Exit code: 0 if everything is right, 1 if anything differs or fails or if too few kills have hit, 2 for wrong usage.`;

/** The command line; commander answers --help and wrong usage itself, through the exit that `main` gives it. */
export const parseOptions = (args: readonly string[]): ChaosOptions => {
  const command = new Command('npm run chaos --')
    .description('Tidemark among falling processes: nothing may be lost, and nothing may happen twice.')
    .option('--minutes <n>', 'how long misfortunes go on', minutes, 5)
    .option('--seed <text>', 'the same seed draws the same traffic and the same kinds of misfortune', '1')
    .option('--workers <n>', 'worker processes at a time', workers, 3)
    .option('--localstack', 'AWS is what AWS_ENDPOINT_URL names, and not the embedded stand-ins', false)
    .option('--ingest', 'send the traffic over HTTP, to two `tidemark ingest` that fall, too', false)
    .addOption(
      new Option('--sabotage <how>', 'break every worker or every door on purpose, to see that it is noticed').choices(
        Object.keys(mutations),
      ),
    )
    .addHelpText('after', after)
    .showHelpAfterError()
    .exitOverride()
    .parse(args, { from: 'user' });
  const options = command.opts<ChaosOptions>();
  if (options.sabotage === 'answer-before-write' && !options.ingest)
    command.error('error: expected --ingest with --sabotage answer-before-write, got none: there would be no door to break');
  return options;
};
