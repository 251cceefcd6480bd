import type { Breach, History, Plan } from '../history';
import { judge } from '../oracle/judge';
import { playPlan } from '../play';

/** A plan, what came of it, and the promises it broke. */
export interface Judged {
  readonly plan: Plan;
  readonly history: History;
  readonly breaches: readonly Breach[];
}

export const playAndJudge = async (plan: Plan): Promise<Judged> => {
  const history = await playPlan(plan);
  return { plan, history, breaches: judge(plan, history) };
};
