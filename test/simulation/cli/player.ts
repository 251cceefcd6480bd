import type { Breach, Plan, PromiseNumber } from '../history';
import { drawPlan } from '../plan/draw-plan';
import { type Judged, playAndJudge } from './judged';
import { addTallies, noTally, type Tally, tallyOf } from './tally';

/** Seeds for one process to play, one after the other, until one fails. */
export interface Chunk {
  readonly from: number;
  readonly count: number;
  /** Only these promises count as broken; null: any, and a history that cannot be played at all. */
  readonly promises: readonly PromiseNumber[] | null;
  /** Only histories of this kind are played; null: all. */
  readonly profile: string | null;
}

export interface FailedSeed {
  readonly seed: number;
  readonly breaches: readonly Breach[];
  /** It could not be played or judged to its end. */
  readonly crash: string | null;
}

export type PlayerMessage =
  | { readonly kind: 'seed'; readonly seed: number }
  | { readonly kind: 'chunk'; readonly chunk: Chunk; readonly tally: Tally; readonly failed: FailedSeed | null };

const play = async (plan: Plan): Promise<Judged | { readonly crash: string }> => {
  try {
    return await playAndJudge(plan);
  } catch (error) {
    return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

const failureOf = (seed: number, played: Awaited<ReturnType<typeof play>>, { promises }: Chunk): FailedSeed | null => {
  if ('crash' in played) return promises === null ? { seed, breaches: [], crash: played.crash } : null;
  const breaches = played.breaches.filter(({ promise }) => promises?.includes(promise) ?? true);
  return breaches.length > 0 ? { seed, breaches, crash: null } : null;
};

const playChunk = async (chunk: Chunk, tell: (message: PlayerMessage) => void): Promise<void> => {
  let tally = noTally;
  for (let seed = chunk.from; seed < chunk.from + chunk.count; seed++) {
    const plan = drawPlan(seed);
    if (chunk.profile !== null && plan.profile !== chunk.profile) continue;
    tell({ kind: 'seed', seed });
    const played = await play(plan);
    if (!('crash' in played)) tally = addTallies(tally, tallyOf(played));
    const failed = failureOf(seed, played, chunk);
    if (failed) {
      tell({ kind: 'chunk', chunk, tally, failed });
      return;
    }
  }
  tell({ kind: 'chunk', chunk, tally, failed: null });
};

process.on('message', (chunk: Chunk) => void playChunk(chunk, (message) => process.send?.(message)));
process.on('disconnect', () => process.exit());
