import type { Random } from '../../src/ports';
import type { LetterDestination, LetterQueue } from '../../src/ports-on-call';

/** A process that may die at each call it makes, before the call has its effect or before its answer is heard. */
export interface Mortal {
  readonly step: <T>(effect: () => Promise<T>) => Promise<T>;
  /** What the process came to, or null where it died before. */
  readonly live: <T>(work: () => Promise<T>) => Promise<T | null>;
}

const never = (): Promise<never> => new Promise(() => undefined);

/** `witness` looks at the world after each effect. */
export const mortal = (random: Random, chance: number, witness: () => void): Mortal => {
  let die: () => void = () => undefined;
  let isDead = false;
  const died = new Promise<null>((resolve) => (die = () => resolve(null)));
  const survives = (): boolean => {
    isDead ||= random.fraction() < chance;
    if (isDead) die();
    return !isDead;
  };
  return {
    step: async (effect) => {
      if (!survives()) return never();
      const answer = await effect().finally(witness);
      return survives() ? answer : never();
    },
    live: (work) => Promise.race([work(), died]),
  };
};

export const mortalQueue = (queue: LetterQueue, { step }: Mortal): LetterQueue => ({
  ...queue,
  receive: (hideSeconds) => step(() => queue.receive(hideSeconds)),
  showAgain: (letters) => step(() => queue.showAgain(letters)),
  remove: (letters) => step(() => queue.remove(letters)),
});

export const mortalDestination = (destination: LetterDestination, { step }: Mortal): LetterDestination => ({
  ...destination,
  send: (letters) => step(() => destination.send(letters)),
});
