import { Argument, Command, InvalidArgumentError } from 'commander';

export interface BenchOptions {
  readonly subjects: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly rttMs: number;
  readonly json: boolean;
  readonly overload: boolean;
  readonly chaos: boolean;
  readonly keep: boolean;
  readonly profile?: string;
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return Number(text);
  };

const after = `
Every figure comes with a floor that was measured in the same run, round by round in turn; a ratio travels from machine to machine, a
number of posts a second does not. A figure of which the backend or the load generator was the bottleneck is refused, and says so.

Needs Linux: nothing else tells how long a process waited for a core. The less the machine does besides, the better.

Exit code: 0 unless something accepted was lost or something fails (1), 2 for wrong usage.`;

/** The command line; commander answers --help and wrong usage itself, through the exit that `main` gives it. */
export const parseOptions = (args: readonly string[], known: readonly string[]): BenchOptions => {
  const command = new Command('npm run bench --')
    .description('How fast it is, as ratios.')
    .addArgument(new Argument('[subjects...]', 'what to measure; all of them unless some are named').choices(known))
    .option('--rounds <n>', 'rounds, of which the medians are told', wholeNumber(1, 99), 3)
    .option('--seconds <n>', 'length of a round of one case', wholeNumber(1, 600), 4)
    .option('--rtt <ms>', 'what every call of the backend takes', wholeNumber(0, 5_000), 15)
    .option('--json', 'the same as JSON', false)
    .option('--overload', 'ingest: twice what it can take, instead of figures', false)
    .option('--chaos', 'ingest: kill -9 and a queue that fails, under load, instead of figures', false)
    .option('--keep', 'cost: writes what was measured into the program, where `tidemark cost` finds it', false)
    .option('--profile <folder>', "ingest: writes the program's CPU profile there")
    .addHelpText('after', after)
    .showHelpAfterError()
    .exitOverride()
    .parse(args, { from: 'user' });
  const { rtt, ...options } = command.opts<Omit<BenchOptions, 'subjects' | 'rttMs'> & { readonly rtt: number }>();
  const named = command.processedArgs[0] as readonly string[] | undefined;
  return { ...options, rttMs: rtt, subjects: named === undefined || named.length === 0 ? known : named };
};
