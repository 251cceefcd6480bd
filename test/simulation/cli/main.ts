import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { measureBacklog, printBacklog } from '../backlog';
import { walkAll } from '../exhaustive/main';
import { mostSeeds } from '../mutants/hunt';
import { checkMutants } from '../mutants/table';
import { profiles } from '../plan/profiles';
import { simulateMany } from './many-seeds';
import { simulateOne } from './one-seed';

const usualSeeds = 1_000;

/** Wrong usage: the caller's to mend. */
const usageError = 2;

const whole =
  (least: number) =>
  (text: string): number => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < least)
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}, of at most nine digits.`);
    return Number(text);
  };

const profileNamed = (text: string): string => {
  if (!(profiles as readonly string[]).includes(text)) throw new InvalidArgumentError(`Expected one of ${profiles.join(', ')}.`);
  return text;
};

interface Options {
  readonly seeds?: number;
  readonly from: number;
  readonly processes: number;
  readonly profile: string | null;
  readonly seed?: number;
  readonly minimal: boolean;
  readonly json: boolean;
  readonly mutants: boolean;
  readonly only?: string;
  readonly update: boolean;
  readonly exhaustive: boolean;
  readonly preemptions: number;
  readonly backlog: boolean;
}

const buildProgram = (): Command =>
  new Command('npm run simulate --')
    .description('Plays histories of simulated workers in a world that fails, and judges each by the promises.')
    .option('--seeds <count>', 'histories to play (default: 1000); with --mutants: for each, at most (default: 2000)', whole(1))
    .option('--from <seed>', 'the first of them', whole(0), 1)
    .option('--processes <count>', 'processes that play at the same time', whole(1), availableParallelism())
    .option('--profile <name>', 'plays only histories of this kind', profileNamed, null)
    .option('--seed <seed>', 'plays this one alone and prints all that happened', whole(0))
    .option('--minimal', 'with --seed: the least of it that still breaks the promise', false)
    .option('--json', 'prints for machines', false)
    .option('--mutants', 'breaks the protocol on purpose, and says which promise catches it', false)
    .option('--only <name>', 'with --mutants: this one alone')
    .option('--update', 'with --mutants: writes down the seeds at which they were caught', false)
    .option('--exhaustive', 'walks every interleaving of a small world', false)
    .option('--preemptions <count>', 'with --exhaustive: switches away from somebody who could go on', whole(0), 3)
    .option('--backlog', 'what half an hour of backlog costs in late revisions, beside what a hold by the clock would', false)
    .showHelpAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError));

const run = async (options: Options): Promise<number> => {
  if (options.exhaustive) return (await walkAll({ preemptions: options.preemptions })) ? 0 : 1;
  if (options.backlog) {
    process.stdout.write(`${printBacklog(await measureBacklog())}\n`);
    return 0;
  }
  if (options.mutants) return checkMutants({ ...options, most: options.seeds ?? mostSeeds });
  if (options.seed !== undefined) return simulateOne({ ...options, seed: options.seed });
  return simulateMany({ ...options, count: options.seeds ?? usualSeeds });
};

const program = buildProgram().parse();
void run(program.opts<Options>()).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = usageError;
  },
);
