import type { Breach } from '../history';
import { drawPlan } from '../plan/draw-plan';
import { type Judged, playAndJudge } from './judged';
import { thin } from './thin';
import { conversationNamedIn, planInShort, timelineOf } from './timeline';

/** Some seconds of looking for a smaller history. */
const mostReplays = 400;

const breaksOneOf = (promises: ReadonlySet<number>, { breaches }: Judged): boolean =>
  breaches.some(({ promise }) => promises.has(promise));

/** The smallest history found that breaks the first promise that the seed's whole history broke, as text. */
export const minimise = async (seed: number, breaches: readonly Breach[]): Promise<readonly string[]> => {
  const promises = new Set(breaches.slice(0, 1).map(({ promise }) => promise));
  const stillBreaks = async (plan: Parameters<typeof playAndJudge>[0]): Promise<boolean> => {
    try {
      return breaksOneOf(promises, await playAndJudge(plan));
    } catch {
      // A plan that cannot be played breaks nothing.
      return false;
    }
  };
  const { plan, replays } = await thin(drawPlan(seed), stillBreaks, mostReplays);
  const judged = await playAndJudge(plan);
  const breach = judged.breaches.find(({ promise }) => promises.has(promise));
  return [
    ...breaches.map(({ promise, text }) => `Promise ${promise}: ${text}`),
    '',
    `The least that still breaks promise ${[...promises].join(', ')} (${replays} replays):`,
    '',
    ...planInShort(plan),
    '',
    ...timelineOf(judged, breach ? conversationNamedIn(plan, breach.text) : null),
    '',
    `Promise ${breach?.promise ?? '?'}: ${breach?.text ?? 'not broken when it was played again: the simulation is not deterministic'}`,
  ];
};
