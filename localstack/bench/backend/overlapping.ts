import type { Cycles } from './traffic';

/** A message of a cycle, by its place among the cycle's own. */
export interface Position {
  readonly cycle: number;
  readonly place: number;
}

/** Where in the course of a cycle a message comes; `back`: of the cycle before. */
interface Turn {
  readonly place: number;
  readonly back: 0 | 1;
  readonly at: number;
}

/** Far from what is counted up for flows that end: no conversation is in both. */
const firstCycle = 2 ** 31;

/** Conversations begin one after the other, at even distances, and each lasts as long as a cycle, over whose end it may go. */
const turnsOf = ({ conversations, messages, conversationAt }: Cycles): readonly Turn[] => {
  const places = Array.from({ length: messages }, (_, place) => place);
  const total = new Map<number, number>();
  for (const place of places) total.set(conversationAt(place), (total.get(conversationAt(place)) ?? 0) + 1);
  const seen = new Map<number, number>();
  const turns = places.map((place): Turn => {
    const conversation = conversationAt(place);
    const nth = seen.get(conversation) ?? 0;
    seen.set(conversation, nth + 1);
    const at = conversation / conversations + nth / total.get(conversation)!;
    return { place, back: at >= 1 ? 1 : 0, at: at % 1 };
  });
  return turns.sort((a, b) => a.at - b.at);
};

/**
 * Cycle after cycle, each overlapping with the next: at every moment as many conversations begin as at any other, and as many end.
 * One cycle after the other would bring the heads of all its conversations at its beginning, and a short look would count many
 * or few of them by chance.
 */
export function* overlappingPositions(cycles: Cycles): Generator<Position, undefined> {
  const turns = turnsOf(cycles);
  for (let cycle = firstCycle; ; cycle++) for (const { place, back } of turns) yield { cycle: cycle - back, place };
}
