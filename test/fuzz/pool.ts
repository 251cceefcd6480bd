import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Range } from './fuzz-range';
import type { PlayerMessage } from './player';
import { addTallies, noTally, type Tally } from './tally';

export interface Fuzzed {
  readonly tally: Tally;
  /** By how much the heap of the process that grew most has grown. */
  readonly growthBytes: number;
}

const inputsPerRange = 1_000;

/** Real time for one input, thrice timed, on a machine with other work; then its process is taken to hang. */
const longestInputMs = 60_000;

/** For a program that holds a message of 1 MiB at a time: an input that makes it need more ends the process, and fails. */
const mostHeapMiB = 512;

const startPlayer = (): ChildProcess =>
  fork(join(__dirname, 'player.ts'), [], {
    execArgv: [`--max-old-space-size=${mostHeapMiB}`, '--require', join(__dirname, '../simulation/cli/load.cjs')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });

const ended = (index: number, what: string): Tally => ({
  ...noTally,
  inputs: 1,
  faults: [{ index, kind: 'unknown', what }],
  faulty: 1,
});

/** One player through one range. A player that dies or hangs fails the input it was at; the rest of its range is not fed. */
const playOn = (player: ChildProcess, range: Range): Promise<Fuzzed & { readonly isLost: boolean }> =>
  new Promise((resolve) => {
    let index = range.from;
    let said = '';
    const hear = (text: Buffer): void => void (said = (said + text.toString()).slice(-2_000));
    const end = (tally: Tally, growthBytes: number, isLost: boolean): void => {
      clearTimeout(watch);
      player.off('message', listen).off('exit', died);
      player.stderr?.off('data', hear);
      resolve({ tally, growthBytes, isLost });
    };
    const hung = (): void => {
      player.kill('SIGKILL');
      end(ended(index, `did not end within ${longestInputMs / 1_000} s`), 0, true);
    };
    const died = (): void => end(ended(index, `the process ended: ${said.trim()}`), 0, true);
    const listen = (message: PlayerMessage): void => {
      watch.refresh();
      if (message.kind === 'at') index = message.index;
      else end(message.tally, message.growthBytes, false);
    };
    const watch = setTimeout(hung, longestInputMs);
    player.stderr?.on('data', hear);
    player.on('message', listen).on('exit', died);
    player.send(range);
  });

/** Plays a range in several processes, all of it, whatever fails; one that ends is replaced. */
export const fuzzInParallel = async (
  { seed, from, count }: Range,
  processes: number,
  onRange: (sofar: Tally) => void,
): Promise<Fuzzed> => {
  let next = from;
  let fuzzed: Fuzzed = { tally: noTally, growthBytes: 0 };
  const keepPlaying = async (): Promise<void> => {
    let player = startPlayer();
    while (next < from + count) {
      const range = { seed, from: next, count: Math.min(inputsPerRange, from + count - next) };
      next += range.count;
      const { tally, growthBytes, isLost } = await playOn(player, range);
      fuzzed = { tally: addTallies(fuzzed.tally, tally), growthBytes: Math.max(fuzzed.growthBytes, growthBytes) };
      onRange(fuzzed.tally);
      if (isLost) player = startPlayer();
    }
    player.disconnect();
  };
  await Promise.all(Array.from({ length: processes }, keepPlaying));
  return fuzzed;
};
