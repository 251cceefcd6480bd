import { basics } from '../../demo/stage';
import type { Bench, Report } from '../subject';
import { reportOf, sizes } from './report';
import type { Asked, Told } from './told';

/** As plain JavaScript, as production runs it: the loader of the benchmarks' own code would name every closure. */
const plain = ['--require', './test/simulation/cli/load.cjs'];

const measureOnce = async ({ nursery }: Bench, round: number, asked: Asked): Promise<readonly Told[]> => {
  const args = [...plain, 'localstack/bench/reconstruct/main.ts', JSON.stringify(asked)];
  const child = nursery.start({ name: `reconstruct-${round}`, args, env: basics() });
  const told = JSON.parse(await child.firstLine) as readonly Told[];
  await child.stop();
  return told;
};

/** CPU time for each stage, of each second that a round is to take. */
const cpuMsPerSecond = 40;

/** What a close computes, from the table's items to the bytes that it puts. */
export const measureReconstruct = async (bench: Bench): Promise<readonly Report[]> => {
  const { rounds, seconds } = bench.options;
  const told: (readonly Told[])[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`round ${round} of ${rounds}: reconstruct`);
    told.push(await measureOnce(bench, round, { sizes, cpuMs: seconds * cpuMsPerSecond }));
  }
  return [reportOf(told)];
};
