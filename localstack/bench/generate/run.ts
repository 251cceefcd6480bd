import type { Nursery } from '../../demo/children';
import { basics } from '../../demo/stage';
import type { Reading } from '../reading';
import type { Job } from './job';

let runs = 0;

/** In a process of its own: what it costs is not the subject's. */
export const generate = async (nursery: Nursery, job: Job): Promise<Reading> => {
  const args = ['--import', 'tsx', 'localstack/bench/generate/main.ts', JSON.stringify(job)];
  const child = nursery.start({ name: `generator-${++runs}`, args, env: basics() });
  const reading = JSON.parse(await child.firstLine) as Reading;
  await child.stop();
  return reading;
};
