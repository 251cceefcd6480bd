import type { AuditedOutcome } from '../core/on-call/audit';
import type { Stopped } from '../core/on-call/stopped';
import type { StopSignals } from '../ports';
import type { HeldLetter, LetterQueue } from '../ports-on-call';
import { sha256 } from './archive-line';
import { errorName } from './error-name';
import { hideSecondsFor, passOver, type Visited } from './inbox';

/** What became of a selection: selected = removed + failed + left. */
export interface Discarded {
  readonly counts: { readonly selected: number; readonly removed: number; readonly failed: number; readonly left: number };
  readonly outcomes: readonly AuditedOutcome[];
  /** Why it ended before it was through; null where it was. */
  readonly because: string | null;
}

export interface DiscardOptions {
  readonly stop: StopSignals;
  readonly onProgress?: (done: number) => void;
}

/** What is written down of a letter before it is removed: enough to tell whether a copy elsewhere is the same. */
export const toBeDiscarded = (selection: readonly Stopped[]): readonly AuditedOutcome[] =>
  selection.map(({ id, group, bodySha256 }) => ({ id, outcome: `to be removed: group ${group}, body ${String(bodySha256)}` }));

type Left = Map<string, Stopped>;

const settle = (left: Left, letters: readonly HeldLetter[], outcomes: AuditedOutcome[], outcome: string): void => {
  for (const { id } of letters) {
    left.delete(id);
    outcomes.push({ id, outcome });
  }
};

const removeFrom = (queue: LetterQueue, left: Left, outcomes: AuditedOutcome[]) => {
  return async (letters: readonly HeldLetter[]): Promise<Visited> => {
    const chosen = letters.filter(({ id, body }) => left.get(id)?.bodySha256 === sha256(body));
    if (chosen.length === 0) return {};
    try {
      const gone = await queue.remove(chosen);
      settle(left, gone, outcomes, 'removed');
      const kept = chosen.filter(({ id }) => left.has(id));
      settle(left, kept, outcomes, 'failed: the queue did not remove it');
      return { gone, isEnough: left.size === 0 };
    } catch (error) {
      settle(left, chosen, outcomes, `failed: ${errorName(error)}`);
      return { isEnough: left.size === 0 };
    }
  };
};

/** Removes what was selected, and nothing that came since: whoever confirmed so many has confirmed these. */
export const discardLetters = async (
  queues: readonly LetterQueue[],
  selection: readonly Stopped[],
  { stop, onProgress }: DiscardOptions,
): Promise<Discarded> => {
  const outcomes: AuditedOutcome[] = [];
  let because: string | null = null;
  for (const queue of queues) {
    const left: Left = new Map(selection.filter(({ queueUrl }) => queueUrl === queue.url).map((one) => [one.id, one]));
    if (left.size === 0 || because !== null) continue;
    const { visible } = await queue.count();
    const options = { hideSeconds: hideSecondsFor(visible), stop, onProgress: () => onProgress?.(outcomes.length) };
    try {
      const { end } = await passOver(queue, options, removeFrom(queue, left, outcomes));
      if (end === 'stopped') because = 'somebody stopped it';
    } catch (error) {
      if (outcomes.length === 0) throw error;
      because = `letters could not be read: ${errorName(error)}`;
    }
  }
  const settled = new Set(outcomes.map(({ id }) => id));
  const unmet = selection.filter(({ id }) => !settled.has(id));
  const failed = outcomes.filter(({ outcome }) => outcome.startsWith('failed')).length;
  return {
    counts: { selected: selection.length, removed: outcomes.length - failed, failed, left: unmet.length },
    outcomes: [...outcomes, ...unmet.map(({ id }) => ({ id, outcome: 'left: not met again, or not come to' }))],
    because,
  };
};
