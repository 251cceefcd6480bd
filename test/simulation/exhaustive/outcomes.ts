import { type Answer, type Call, textOf } from './calls';
import { interned, type Interned } from './interned';
import { breachOfCall } from './promises';
import { beginShared, internedStates, perform, type Shared } from './shared';
import type { SmallWorld } from './small-worlds';

/** What a call makes of the shared state that it meets. */
export interface Outcome {
  /** Number of the state that it leaves. */
  readonly state: number;
  /** Number of its answer. */
  readonly answer: number;
  readonly breach: string | null;
}

const textOfAnswer = (answer: Answer): string => ('error' in answer ? String(answer.error) : textOf(answer.value));

export const internedAnswers = (): Interned<Answer> => interned<Answer>(textOfAnswer);

/** Every state that the workers' shared things were ever in, and every call made there, each carried out once. */
export const createOutcomes = (world: SmallWorld, calls: Interned<Call>, answers: Interned<Answer>) => {
  const states = internedStates();
  const outcomes = new Map<number, Outcome>();

  const carryOut = (state: number, call: number): Outcome => {
    const before = states.at(state);
    const made = calls.at(call);
    const { shared, value } = perform(world, before, made);
    const after = shared === before ? state : states.numberOf(shared);
    return { state: after, answer: answers.numberOf({ value }), breach: breachOfCall(world, before, made) };
  };

  return {
    begin: (): number => states.numberOf(beginShared(world)),
    at: (state: number): Shared => states.at(state),
    count: () => states.count(),
    of: (state: number, call: number): Outcome => {
      const key = state * 2 ** 24 + call;
      const outcome = outcomes.get(key) ?? carryOut(state, call);
      outcomes.set(key, outcome);
      return outcome;
    },
  };
};

export type Outcomes = ReturnType<typeof createOutcomes>;
