import type { Answer, Call } from './calls';
import type { Interned } from './interned';
import { playUnit, type Unit, type Walked } from './units';

/** One unit's past, and the one call it makes next: the same past always leads to the same call. */
export interface Story {
  readonly id: number;
  readonly unit: Unit;
  readonly answers: readonly Answer[];
  /** Number of the call that it makes next; null when it has ended. */
  readonly asks: number | null;
  readonly children: Map<number, Story>;
}

/**
 * Every story told so far. The production code runs once for each different past of a unit, over the answers that it had, and
 * not once for each interleaving: it has no other way to learn of the others than by what it is answered.
 */
export const createStories = (walked: Walked, calls: Interned<Call>, answers: Interned<Answer>) => {
  const stories: Story[] = [];
  const roots = new Map<string, Story>();

  const tell = async (unit: Unit, past: readonly Answer[]): Promise<Story> => {
    const call = await playUnit(walked, unit, past);
    const story = { id: stories.length, unit, answers: past, asks: call && calls.numberOf(call), children: new Map() };
    stories.push(story);
    return story;
  };

  return {
    at: (id: number): Story => stories[id]!,
    count: () => stories.length,
    begin: async (unit: Unit): Promise<Story> => {
      const name = `${unit.does} ${unit.n}`;
      const story = roots.get(name) ?? (await tell(unit, []));
      roots.set(name, story);
      return story;
    },
    known: (story: Story, answer: number): Story | undefined => story.children.get(answer),
    goOn: async (story: Story, answer: number): Promise<Story> => {
      const child = await tell(story.unit, [...story.answers, answers.at(answer)]);
      story.children.set(answer, child);
      return child;
    },
  };
};

export type Stories = ReturnType<typeof createStories>;
