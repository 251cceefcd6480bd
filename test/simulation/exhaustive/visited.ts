import type { Bounds } from './places';
import type { Place } from './steps';

/**
 * A place by what follows from it. The two workers differ in nothing but name, so their order does not matter; and nothing ties
 * a worker's two activities together but that they die together, so where nobody can die any more, each is on its own.
 */
const keyOf = ({ shared, stories, last, closes, faults }: Place): string => {
  const [admit1, close1, admit2, close2] = stories.map((story, actor) => `${story}${actor === last ? '*' : ''}`);
  const admits = [admit1, admit2].sort();
  const loose = [...admits, ...[close1, close2].sort()];
  const tied = [`${admit1} ${close1}`, `${admit2} ${close2}`].sort();
  return `${shared} ${closes} ${(faults === 0 ? loose : tied).join(' ')} ${faults}`;
};

/** Where we have been, and with how many preemptions left: with no more of them there is nothing new to see. */
export const createVisited = () => {
  const visited = new Map<string, number>();
  return {
    count: () => visited.size,
    isNew: (place: Place, { preemptions }: Pick<Bounds, 'preemptions'> = place): boolean => {
      const key = keyOf(place);
      const seen = visited.get(key);
      if (seen !== undefined && seen >= preemptions) return false;
      visited.set(key, preemptions);
      return true;
    },
  };
};
