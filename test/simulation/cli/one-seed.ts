import { drawPlan } from '../plan/draw-plan';
import { coverageTable } from './coverage';
import { playAndJudge } from './judged';
import { minimise } from './minimise';
import { tallyOf } from './tally';
import { planInShort, timelineOf } from './timeline';

export interface OneSeed {
  readonly seed: number;
  /** Thinned out, if it fails. */
  readonly minimal: boolean;
  readonly json: boolean;
}

/** Plays one seed again, as it always plays, and says all about it; answers the exit code. */
export const simulateOne = async ({ seed, minimal, json }: OneSeed): Promise<number> => {
  const plan = drawPlan(seed);
  const judged = await playAndJudge(plan);
  const { breaches, history } = judged;
  if (json) process.stdout.write(`${JSON.stringify({ plan, history, breaches }, null, 2)}\n`);
  else {
    const verdict = breaches.map(({ promise, text }) => `Promise ${promise}: ${text}`);
    const told =
      minimal && breaches.length > 0
        ? await minimise(seed, breaches)
        : [
            ...planInShort(plan),
            '',
            ...timelineOf(judged, null),
            '',
            ...coverageTable(tallyOf(judged)),
            '',
            ...(verdict.length > 0 ? verdict : [`Seed ${seed}: every promise was kept.`]),
          ];
    process.stdout.write(`${told.join('\n')}\n`);
  }
  return breaches.length > 0 ? 1 : 0;
};
