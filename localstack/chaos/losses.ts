import type { Observed } from '../demo/observe';
import type { Plan } from '../demo/plan';

/* Of all differences the worst, by name: what was sent, and is nowhere. */

interface Entry {
  readonly timestamp: string | null;
  readonly action: string;
}

const nameOf = ({ timestamp, action }: Entry): string => `${action} of ${timestamp ?? 'no time'}`;

/** Expected entries that are not there, each as often as it is missing. */
const without = (expected: readonly Entry[], found: readonly Entry[]): readonly string[] => {
  const left = found.map(nameOf);
  return expected.map(nameOf).filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/** Events that are in no record, one line for each conversation, and bad messages that nobody set aside. */
export const findLosses = (
  plan: Plan,
  { records, deadLetters }: Pick<Observed, 'records' | 'deadLetters'>,
): readonly string[] => {
  const events = plan.conversations.flatMap(({ conversationId, expected }) => {
    const lost = without(expected.lifecycle ?? [], records.get(conversationId)?.at(-1)?.record.lifecycle ?? []);
    return lost.length === 0 ? [] : [`${conversationId}: ${lost.join(', ')}`];
  });
  const aside = new Set(deadLetters.map(({ body }) => body));
  const unheard = plan.deadLetters.filter(({ body }) => !aside.has(body));
  return [...events, ...unheard.map(({ reason }) => `a bad message: ${reason}`)];
};
