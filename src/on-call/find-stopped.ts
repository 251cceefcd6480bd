import type { Head } from '../core/items';
import type { Stopped } from '../core/on-call/stopped';
import type { StopSignals } from '../ports';
import type { ExecutionDetail, HeldLetter, LetterQueue } from '../ports-on-call';
import { hideSecondsFor, passOver } from './inbox';
import { judgeLetters } from './judge';
import { judgeExecution } from './judge-execution';
import { judgeWindow } from './judge-window';
import type { OnCallOutside } from './outside';
import type { ReadOptions } from './read-inbox';

/** One that has stopped, with what it holds. */
export type Found = { readonly stopped: Stopped } & (
  | { readonly kind: 'letter'; readonly letter: HeldLetter }
  | { readonly kind: 'window'; readonly head: Head }
  | { readonly kind: 'execution'; readonly execution: ExecutionDetail }
);

type Wanted = (stopped: Stopped) => boolean;

/** Ends at the first that is wanted. */
const findLetter = async (
  outside: OnCallOutside,
  queue: LetterQueue,
  isWanted: Wanted,
  { onQueue, stop }: ReadOptions,
): Promise<Found | null> => {
  const { visible } = await queue.count();
  const hideSeconds = hideSecondsFor(visible);
  onQueue?.(queue, visible, hideSeconds);
  const found: Found[] = [];
  await passOver(queue, { hideSeconds, ...(stop && { stop }) }, async (letters) => {
    const judged = await judgeLetters(outside, queue, letters);
    judged.forEach((stopped, at) => {
      const letter = letters[at];
      if (letter && isWanted(stopped)) found.push({ kind: 'letter', stopped, letter });
    });
    return { isEnough: found.length > 0 };
  });
  return found[0] ?? null;
};

const findWindow = async (outside: OnCallOutside, id: string): Promise<Found | null> => {
  const head = await outside.windows.read(id);
  return head?.state === 'parked' ? { kind: 'window', head, stopped: await judgeWindow(outside, head) } : null;
};

const hasFailed = ({ status }: ExecutionDetail): boolean => ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status);

const findExecution = async ({ executions }: OnCallOutside, id: string): Promise<Found | null> => {
  const execution = executions && (await executions.describe(id));
  if (!executions || !execution || !hasFailed(execution)) return null;
  return { kind: 'execution', execution, stopped: (await judgeExecution(executions, execution)).stopped };
};

const isStopped = (stop: StopSignals | undefined): boolean => stop?.soft.aborted === true || stop?.hard.aborted === true;

/** By its id, in whichever place: what can be asked for at once comes before a queue that must be gone through. */
export const findById = async (outside: OnCallOutside, id: string, options: ReadOptions): Promise<Found | null> => {
  const named = (await findWindow(outside, id)) ?? (await findExecution(outside, id));
  if (named) return named;
  for (const queue of outside.letterQueues) {
    const found = isStopped(options.stop) ? null : await findLetter(outside, queue, (stopped) => stopped.id === id, options);
    if (found) return found;
  }
  return null;
};

/** One of a group: of letters the first that is met, as any of them tells the cause. */
export const findLike = async (outside: OnCallOutside, sample: Stopped, options: ReadOptions): Promise<Found | null> => {
  const queue = outside.letterQueues.find(({ url }) => url === sample.queueUrl);
  return queue
    ? findLetter(outside, queue, ({ group }) => group === sample.group, options)
    : findById({ ...outside, letterQueues: [] }, sample.id, options);
};
