import { basics } from '../../demo/stage';
import type { Bench, Report } from '../subject';
import { reportOf } from './report';
import type { Asked, Told } from './told';

/** Some ten messages each, in an hour of virtual time. */
const asked: Asked = { conversationsPerHour: 1_800, windows: [10_000, 50_000] };

/** As plain JavaScript, as production runs it. */
const plain = ['--expose-gc', '--require', './test/simulation/cli/load.cjs'];

const liveOnce = async ({ nursery }: Bench, round: number): Promise<Told> => {
  const args = [...plain, 'localstack/bench/memory/main.ts', JSON.stringify(asked)];
  const child = nursery.start({ name: `memory-${round}`, args, env: basics() });
  const told = JSON.parse(await child.firstLine) as Told;
  await child.stop();
  return told;
};

/** What a worker keeps: of an hour, and of windows that stand open. The hour is as long whatever the length of a round. */
export const measureMemory = async (bench: Bench): Promise<readonly Report[]> => {
  const told: Told[] = [];
  for (let round = 1; round <= bench.options.rounds; round++) {
    bench.say(`round ${round} of ${bench.options.rounds}: memory`);
    told.push(await liveOnce(bench, round));
  }
  return [reportOf(told)];
};
