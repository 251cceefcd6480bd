import type { StoppedFilter } from '../core/on-call/filter';
import { type StoppedPlace } from '../core/on-call/stopped';
import type { HeldLetter, LetterQueue } from '../ports-on-call';
import { judgeLetters, type JudgeOutside } from './judge';
import { matcherOf } from './match';

/** Those of a queue's letters that are asked for. */
export type Select = (queue: LetterQueue, letters: readonly HeldLetter[]) => Promise<readonly HeldLetter[]>;

/** Of this moment: ages do not change while a pass goes on. */
export const selectBy = (outside: JudgeOutside, filter: StoppedFilter, nowMs: number): Select => {
  const matches = matcherOf(filter, nowMs);
  return async (queue, letters) => {
    const judged = await judgeLetters(outside, queue, letters);
    return letters.filter((letter, at) => judged[at] !== undefined && matches(judged[at], letter.body));
  };
};

/** Places where letters lie; windows and executions have none. */
const letterPlaces: readonly StoppedPlace[] = ['worker', 'eventbridge', 'subscription'];

/** The same filter for letters alone; null where it asks for none of them. */
export const ofLetters = (filter: StoppedFilter): StoppedFilter | null => {
  const places = letterPlaces.filter((place) => filter.places?.includes(place) !== false);
  return places.length === 0 ? null : { ...filter, places };
};
