import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { PromiseNumber } from '../history';
import type { Chunk, FailedSeed, PlayerMessage } from './player';
import { addTallies, noTally, type Tally } from './tally';

export interface SeedRange {
  readonly from: number;
  readonly count: number;
  /** Only these promises count as broken; null: any. */
  readonly promises: readonly PromiseNumber[] | null;
  /** Only histories of this kind are played; null: all. */
  readonly profile: string | null;
}

/** An exact replacement in one file of the program, in the players' memory only. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface PoolOptions {
  readonly processes: number;
  readonly edits: readonly Edit[];
  readonly onChunk: (seedsPlayed: number) => void;
}

export interface Played {
  /** Of all seeds up to the failed one, the same with any number of processes. */
  readonly tally: Tally;
  /** The lowest that failed. */
  readonly failed: FailedSeed | null;
}

/** So that the last of them are done at about the same time, and a failure is known soon. */
const seedsPerChunk = 10;

/** Real time; a history takes a fraction of a second. */
const longestSeedMs = 120_000;

const startPlayer = (edits: readonly Edit[]): ChildProcess =>
  fork(join(__dirname, 'player.ts'), [], {
    execArgv: ['--max-semi-space-size=32', '--require', join(__dirname, 'load.cjs')],
    env: { ...process.env, SIMULATION_EDITS: JSON.stringify(edits) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });

const crashed = (seed: number, crash: string): FailedSeed => ({ seed, breaches: [], crash });

/** One player through one chunk. A player that dies or hangs fails the seed it was at, and plays no more. */
const playOn = (player: ChildProcess, chunk: Chunk): Promise<{ readonly tally: Tally; readonly failed: FailedSeed | null }> =>
  new Promise((resolve) => {
    let seed = chunk.from;
    let said = '';
    const hear = (text: Buffer): void => void (said = (said + text.toString()).slice(-2_000));
    const end = (tally: Tally, failed: FailedSeed | null): void => {
      clearTimeout(watch);
      player.off('message', listen).off('exit', died);
      player.stderr?.off('data', hear);
      resolve({ tally, failed });
    };
    const hung = (): void => {
      player.kill('SIGKILL');
      end(noTally, crashed(seed, `The history did not end within ${longestSeedMs / 1_000} s.`));
    };
    const died = (): void => end(noTally, crashed(seed, `The process that played it ended. ${said.trim()}`));
    const listen = (message: PlayerMessage): void => {
      watch.refresh();
      if (message.kind === 'seed') seed = message.seed;
      else end(message.tally, message.failed);
    };
    const watch = setTimeout(hung, longestSeedMs);
    player.stderr?.on('data', hear);
    player.on('message', listen).on('exit', died);
    player.send(chunk);
  });

/** The chunks of a range, lowest first; none beyond a seed that has failed. */
const chunksOf = ({ from, count, ...which }: SeedRange) => {
  let next = from;
  return (failedAt: number): Chunk | null => {
    if (next >= from + count || next > failedAt) return null;
    const chunk = { from: next, count: Math.min(seedsPerChunk, from + count - next), ...which };
    next += chunk.count;
    return chunk;
  };
};

/** Plays a range of seeds in several processes, up to the lowest that fails. */
export const playSeeds = async (range: SeedRange, { processes, edits, onChunk }: PoolOptions): Promise<Played> => {
  const takeChunk = chunksOf(range);
  const tallies: { readonly from: number; readonly tally: Tally }[] = [];
  let failed: FailedSeed | null = null;
  let played = 0;
  const failedAt = (): number => failed?.seed ?? Infinity;

  const keepPlaying = async (): Promise<void> => {
    const player = startPlayer(edits);
    for (let chunk = takeChunk(failedAt()); chunk && player.connected; chunk = takeChunk(failedAt())) {
      const done = await playOn(player, chunk);
      tallies.push({ from: chunk.from, tally: done.tally });
      if (done.failed && done.failed.seed < failedAt()) failed = done.failed;
      onChunk((played += chunk.count));
    }
    if (player.connected) player.disconnect();
  };

  await Promise.all(Array.from({ length: processes }, keepPlaying));
  const counting = tallies.filter(({ from }) => from <= failedAt());
  return { tally: counting.reduce((sum, { tally }) => addTallies(sum, tally), noTally), failed };
};
