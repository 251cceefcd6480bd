import { fuzzRange, heapBytes, type Range } from './fuzz-range';
import type { Tally } from './tally';

export type PlayerMessage =
  | { readonly kind: 'at'; readonly index: number }
  | { readonly kind: 'range'; readonly tally: Tally; readonly growthBytes: number };

const say = (message: PlayerMessage): void => void process.send?.(message);

/** The first range warms up: what the program keeps for good it has by then. */
let baselineBytes: number | null = null;

const play = async (range: Range): Promise<void> => {
  const tally = await fuzzRange(range, (index) => say({ kind: 'at', index }));
  const bytes = heapBytes();
  baselineBytes ??= bytes;
  say({ kind: 'range', tally, growthBytes: bytes - baselineBytes });
};

process.on('message', (range: Range) => void play(range));
process.on('disconnect', () => process.exit());
