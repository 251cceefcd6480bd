import { tellError } from '../core/describe-error';
import type { StoppedFilter } from '../core/on-call/filter';
import type { Stopped, StoppedPlace } from '../core/on-call/stopped';
import type { StopSignals } from '../ports';
import type { LetterQueue } from '../ports-on-call';
import { hideSecondsFor, passOver, type PassEnd } from './inbox';
import { judgeLetters } from './judge';
import { judgeExecution } from './judge-execution';
import { judgeWindow } from './judge-window';
import { type Matches, matcherOf } from './match';
import type { NotLookedAt, OnCallOutside } from './outside';

/** How far one place was read. */
export interface PlaceRead {
  readonly place: StoppedPlace;
  readonly queueUrl: string | null;
  readonly met: number;
  /** What the queue said beforehand that it has, roughly: in sight, and in other hands. */
  readonly visible: number;
  readonly hidden: number;
  readonly end: PassEnd;
  /** For so many seconds at most others missed a letter. */
  readonly hideSeconds: number;
}

/** All that has stopped, as it was at one time. */
export interface Inbox {
  readonly readAtMs: number;
  readonly stopped: readonly Stopped[];
  readonly places: readonly PlaceRead[];
  readonly notLookedAt: readonly NotLookedAt[];
  /** Failed executions that were started again since: what came of that is what counts. */
  readonly startedAgain: number;
}

export interface ReadOptions {
  readonly filter?: StoppedFilter;
  readonly stop?: StopSignals;
  /** Before the first letter of a queue is met. */
  readonly onQueue?: (queue: LetterQueue, letters: number, hideSeconds: number) => void;
  readonly onProgress?: (met: number) => void;
}

type InboxOutside = Pick<
  OnCallOutside,
  | 'clock'
  | 'registry'
  | 'table'
  | 'letterQueues'
  | 'executions'
  | 'windows'
  | 'notes'
  | 'storedEvents'
  | 'allowedSources'
  | 'notLookedAt'
>;

type Found = Pick<Inbox, 'stopped' | 'places' | 'notLookedAt' | 'startedAgain'>;

const nothing: Found = { stopped: [], places: [], notLookedAt: [], startedAgain: 0 };

/** Of a place that lists without end only so many are looked into, newest or longest waiting first. */
const mostListed = 1_000;
const looksAtOnce = 5;

const isStopped = (stop: StopSignals | undefined): boolean => stop?.soft.aborted === true || stop?.hard.aborted === true;

const readQueue = async (outside: InboxOutside, queue: LetterQueue, options: ReadOptions, matches: Matches): Promise<Found> => {
  const { visible, hidden } = await queue.count();
  const hideSeconds = hideSecondsFor(visible);
  const { stop, onProgress, onQueue } = options;
  onQueue?.(queue, visible, hideSeconds);
  const stopped: Stopped[] = [];
  const { met, end } = await passOver(
    queue,
    { hideSeconds, ...(stop && { stop }), ...(onProgress && { onProgress }) },
    async (letters) => {
      const judged = await judgeLetters(outside, queue, letters);
      stopped.push(...judged.filter((one, at) => matches(one, letters[at]?.body ?? null)));
      return {};
    },
  );
  return { ...nothing, stopped, places: [{ place: queue.place, queueUrl: queue.url, met, visible, hidden, end, hideSeconds }] };
};

interface LookedInto {
  readonly met: number;
  readonly end: PassEnd;
}

/** Each of a list, a few at once, until there are enough or somebody stops it. */
const lookInto = async <T>(
  list: AsyncIterable<T>,
  stop: StopSignals | undefined,
  look: (one: T) => Promise<void>,
): Promise<LookedInto> => {
  let met = 0;
  let some: T[] = [];
  let end: PassEnd = 'through';
  for await (const one of list) {
    if (isStopped(stop)) end = 'stopped';
    else if (met >= mostListed) end = 'limit';
    if (end !== 'through') break;
    met += 1;
    some.push(one);
    if (some.length < looksAtOnce) continue;
    await Promise.all(some.map(look));
    some = [];
  }
  await Promise.all(some.map(look));
  return { met, end };
};

const placeRead = (place: StoppedPlace, { met, end }: LookedInto): PlaceRead => ({
  ...{ place, queueUrl: null, met, visible: met, hidden: 0, end, hideSeconds: 0 },
});

const readWindows = async (outside: InboxOutside, { stop }: ReadOptions, matches: Matches): Promise<Found> => {
  const stopped: Stopped[] = [];
  const looked = await lookInto(outside.windows.list(), stop, async (head) => {
    const judged = await judgeWindow(outside, head);
    if (matches(judged, null)) stopped.push(judged);
  });
  return { ...nothing, stopped, places: [placeRead('window', looked)] };
};

const readExecutions = async (
  { executions }: InboxOutside,
  { stop, filter = {} }: ReadOptions,
  matches: Matches,
): Promise<Found> => {
  if (executions === null) return nothing;
  const stopped: Stopped[] = [];
  let startedAgain = 0;
  const looked = await lookInto(executions.listFailed(), stop, async ({ name }) => {
    const detail = await executions.describe(name);
    if (detail === null) return;
    const judged = await judgeExecution(executions, detail);
    const isAskedFor = filter.ids?.includes(name) === true;
    if (judged.startedAgainAs !== null && !isAskedFor) startedAgain += 1;
    else if (matches(judged.stopped, detail.input)) stopped.push(judged.stopped);
  });
  return { ...nothing, stopped, places: [placeRead('execution', looked)], startedAgain };
};

/** A place that cannot be looked at keeps no other from being looked at; but without our own queue there is no inbox. */
const orSayWhy = async (place: StoppedPlace, look: () => Promise<Found>): Promise<Found> => {
  if (place === 'worker') return look();
  return look().catch((error: unknown) => ({ ...nothing, notLookedAt: [{ place, why: tellError(error) }] }));
};

/** Everything that has stopped and passes the filter, in all places. Shows every letter again that it looked at. */
export const readInbox = async (outside: InboxOutside, options: ReadOptions = {}): Promise<Inbox> => {
  const readAtMs = outside.clock.nowMs();
  const { filter = {} } = options;
  const matches = matcherOf(filter, readAtMs);
  const isAsked = (place: StoppedPlace): boolean => filter.places === undefined || filter.places.includes(place);
  const found: Found[] = [];
  for (const queue of outside.letterQueues.filter(({ place }) => isAsked(place)))
    found.push(await orSayWhy(queue.place, () => readQueue(outside, queue, options, matches)));
  if (isAsked('window')) found.push(await orSayWhy('window', () => readWindows(outside, options, matches)));
  if (isAsked('execution')) found.push(await orSayWhy('execution', () => readExecutions(outside, options, matches)));
  return {
    readAtMs,
    stopped: found.flatMap(({ stopped }) => stopped),
    places: found.flatMap(({ places }) => places),
    notLookedAt: [
      ...outside.notLookedAt.filter(({ place }) => isAsked(place)),
      ...found.flatMap(({ notLookedAt }) => notLookedAt),
    ],
    startedAgain: found.reduce((sum, one) => sum + one.startedAgain, 0),
  };
};
