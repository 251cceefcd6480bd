import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { createProgress } from '../simulation/cli/progress';
import { missedConditions } from './conditions';
import { fuzzOne } from './one-input';
import { fuzzInParallel } from './pool';
import { reportOf } from './report';

/** Wrong usage: the caller's to mend. */
const usageError = 2;

const whole =
  (least: number) =>
  (text: string): number => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < least)
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}, of at most nine digits.`);
    return Number(text);
  };

interface Options {
  readonly count: number;
  readonly seed: number;
  readonly from: number;
  readonly processes: number;
  readonly one?: number;
}

const program = new Command('npm run fuzz --')
  .description(
    'Feeds mutated messages through decode, validate and fold: each is an event or a rejection, soon, and nothing throws.',
  )
  .option('--count <count>', 'inputs to feed', whole(1), 100_000)
  .option('--seed <seed>', 'what they are drawn from', whole(0), 1)
  .option('--from <index>', 'the first of them', whole(0), 0)
  .option('--processes <count>', 'processes at the same time', whole(1), availableParallelism())
  .option('--one <index>', 'feeds this one alone and shows it', whole(0))
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError));

const run = async ({ count, seed, from, processes, one }: Options): Promise<number> => {
  if (one !== undefined) return fuzzOne(seed, one);
  const progress = createProgress('inputs', count, process.stderr);
  const told = new Set<number>();
  const { tally, growthBytes } = await fuzzInParallel({ seed, from, count }, processes, ({ inputs, faulty, faults }) => {
    for (const { index, kind, what } of faults.filter((fault) => !told.has(fault.index))) {
      told.add(index);
      process.stderr.write(`Input ${index} (${kind}): ${what}\n`);
    }
    progress.tell(inputs, faulty === 0 ? 'nothing wrong' : `${faulty} wrong`);
  });
  progress.end();
  const missed = missedConditions(tally, growthBytes);
  const verdict =
    missed.length === 0
      ? `Seed ${seed}, inputs ${from} to ${from + count - 1}: each was an event or a rejection with a reason.`
      : `Seed ${seed}, inputs ${from} to ${from + count - 1} prove nothing yet:\n- ${missed.join('\n- ')}`;
  const memory = `The heap grew by ${(growthBytes / 1024 / 1024).toFixed(1)} MiB over the run.`;
  process.stdout.write(`${[...reportOf(tally, seed), memory, '', verdict].join('\n')}\n`);
  return missed.length === 0 ? 0 : 1;
};

void run(program.parse().opts<Options>()).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = usageError;
  },
);
