import { coverageTable, neverHappened } from './coverage';
import { minimise } from './minimise';
import { playSeeds, type Played } from './pool';
import { createProgress } from './progress';
import type { Tally } from './tally';
import type { FailedSeed } from './player';

export interface ManySeeds {
  readonly from: number;
  readonly count: number;
  readonly processes: number;
  readonly profile: string | null;
  readonly json: boolean;
}

/** From so many histories on, every kind of fault and every branch must have happened: what never happens proves nothing. */
const tellingCount = 2_000;

const failureText = async ({ seed, breaches, crash }: FailedSeed): Promise<readonly string[]> => [
  `Seed ${seed} failed.`,
  '',
  ...(crash === null ? await minimise(seed, breaches) : ['It could not be played to its end:', crash]),
  '',
  `Replay it:            npm run simulate -- --seed ${seed}`,
  ...(crash === null ? [`Its minimal history:  npm run simulate -- --seed ${seed} --minimal`] : []),
];

const asJson = ({ from, count }: ManySeeds, { tally, failed }: Played, never: readonly string[]): string =>
  `${JSON.stringify({ from, count, failed, never, ...tally }, null, 2)}\n`;

const neverIn = (tally: Tally, { count, profile }: ManySeeds): readonly string[] =>
  profile === null && count >= tellingCount ? neverHappened(tally) : [];

/** Plays as many histories as asked for; answers the exit code. */
export const simulateMany = async (options: ManySeeds): Promise<number> => {
  const { from, count, processes, profile, json } = options;
  const progress = createProgress('seeds', count, process.stderr);
  const onChunk = (done: number): void => progress.tell(done, 'no breach');
  const played = await playSeeds({ from, count, promises: null, profile }, { processes, edits: [], onChunk });
  progress.end();
  const { tally, failed } = played;
  const never = failed ? [] : neverIn(tally, options);
  if (json) process.stdout.write(asJson(options, played, never));
  else {
    const told = failed
      ? await failureText(failed)
      : [
          ...coverageTable(tally),
          '',
          `Seeds ${from} to ${from + count - 1}: every promise was kept.`,
          ...(never.length > 0 ? [`But in ${count} histories these never happened: ${never.join(', ')}.`] : []),
        ];
    process.stdout.write(`${told.join('\n')}\n`);
  }
  return failed || never.length > 0 ? 1 : 0;
};
