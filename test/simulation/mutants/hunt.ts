import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Breach } from '../history';
import { playSeeds, type SeedRange } from '../cli/pool';
import type { Mutation } from './mutation';

/** Within so many seeds a mistake must be seen, and a change of nothing must not. */
export const mostSeeds = 2_000;

export interface Caught {
  readonly seed: number;
  readonly breach: Breach;
}

const root = join(__dirname, '../../..');

/** What of a mutation no longer stands in the program's text in one place; empty while all of it does. */
export const staleIn = ({ edits }: Mutation): readonly string[] =>
  edits.flatMap(({ file, from }) => {
    const found = readFileSync(join(root, file), 'utf8').split(from).length - 1;
    return found === 1 ? [] : [`Expected this text once in ${file}, found it ${found} times: ${from}`];
  });

/** Plays seeds on the changed program, lowest first, in one process of its own, until one breaks a promise. */
export const hunt = async (mutation: Mutation, seeds: Pick<SeedRange, 'from' | 'count' | 'profile'>): Promise<Caught | null> => {
  const stale = staleIn(mutation);
  if (stale.length > 0) throw new Error(`The mutation “${mutation.name}” is stale. ${stale.join(' ')}`);
  // One that changes nothing may break nothing, be it by a crash.
  const promises = mutation.breaks.length > 0 ? mutation.breaks : null;
  const pool = { processes: 1, edits: mutation.edits, onChunk: () => undefined };
  const { failed } = await playSeeds({ ...seeds, promises }, pool);
  if (!failed) return null;
  const [breach] = failed.breaches;
  if (!breach) throw new Error(`The mutation “${mutation.name}” was not judged at seed ${failed.seed}: ${failed.crash ?? ''}`);
  return { seed: failed.seed, breach };
};
