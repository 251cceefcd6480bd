import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { createProgress } from '../cli/progress';
import { type Caught, hunt } from './hunt';
import { mutations } from './list';
import type { Mutation } from './mutation';

export interface MutantsOptions {
  readonly processes: number;
  /** Seeds to play of each. */
  readonly most: number;
  readonly from: number;
  readonly profile: string | null;
  readonly only?: string;
  readonly update: boolean;
  readonly json: boolean;
}

interface Hunted {
  readonly mutation: Mutation;
  readonly caught: Caught | null;
}

const chosen = ({ only }: MutantsOptions): readonly Mutation[] => {
  const found = mutations.filter(({ name }) => only === undefined || name === only);
  if (found.length > 0) return found;
  const known = mutations.map(({ name }) => `\n  ${name}`).join('');
  throw new Error(`Expected --only to name a mutation, got “${only ?? ''}”. There are:${known}`);
};

/** One after the other from seed 1, several mutations at the same time. */
const huntAll = async (options: MutantsOptions): Promise<readonly Hunted[]> => {
  const all = chosen(options);
  const waiting = [...all];
  const hunted: Hunted[] = [];
  const progress = createProgress('mutations', all.length, process.stderr);
  const keepHunting = async (): Promise<void> => {
    for (let mutation = waiting.shift(); mutation; mutation = waiting.shift()) {
      const caught = await hunt(mutation, { from: options.from, count: options.most, profile: options.profile });
      hunted.push({ mutation, caught });
      progress.tell(hunted.length, `${mutation.name}: ${caught ? `seed ${caught.seed}` : 'survived'}`);
    }
  };
  await Promise.all(Array.from({ length: options.processes }, keepHunting));
  progress.end();
  return all.flatMap((mutation) => hunted.find((one) => one.mutation === mutation) ?? []);
};

const isAsItShouldBe = ({ mutation, caught }: Hunted): boolean => mutation.breaks.length > 0 === (caught !== null);

const tableOf = (hunted: readonly Hunted[], most: number): string => {
  const table = new Table({
    head: ['mutation', 'breaks', 'seed', 'what is seen'],
    colWidths: [40, 8, 8, 90],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { mutation, caught } of hunted) {
    const seen = caught ? caught.breach.text : mutation.breaks.length > 0 ? `SURVIVED ${most} seeds` : 'nothing, as it should be';
    table.push([mutation.name, caught ? caught.breach.promise : '–', caught ? caught.seed : '–', seen.slice(0, 350)]);
  }
  return table.toString();
};

/** Where each was caught, for those who want to see it again soon. */
const writeDown = (hunted: readonly Hunted[]): void => {
  const seeds = Object.fromEntries(hunted.flatMap(({ mutation, caught }) => (caught ? [[mutation.name, caught.seed]] : [])));
  writeFileSync(join(__dirname, 'caught.json'), `${JSON.stringify(seeds, null, 2)}\n`);
};

/** Breaks the program in every way that is listed, and looks for the history that shows it; answers the exit code. */
export const checkMutants = async (options: MutantsOptions): Promise<number> => {
  const hunted = await huntAll(options);
  if (options.update && options.only === undefined) writeDown(hunted);
  const plain = hunted.map(({ mutation, caught }) => ({ name: mutation.name, breaks: mutation.breaks, caught }));
  process.stdout.write(options.json ? `${JSON.stringify(plain, null, 2)}\n` : `${tableOf(hunted, options.most)}\n`);
  return hunted.every(isAsItShouldBe) ? 0 : 1;
};
