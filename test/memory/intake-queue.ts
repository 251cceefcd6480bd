import { createIntakeRoom, type IntakeRoom, type Outcome, type Place } from '../../src/aws/intake-room';
import type { Clock, IntakeHandler, IntakeQueue, Message, StopSignals } from '../../src/ports';

/** The queue as its pollers see it. */
export interface QueueSide {
  readonly clock: Clock;
  /** A long poll: the first messages there are, none when its time is up; null when it was aborted. */
  readonly receive: (signal: AbortSignal) => Promise<readonly Message[] | null>;
  /** Makes those who wait look up. */
  readonly wake: () => void;
  readonly remove: (handle: string) => void;
  readonly handBack: (handle: string, delayMs: number) => void;
}

/** What may go wrong between a worker and the queue; asked at each call. */
export interface IntakeFaults {
  /** How long the answer to a poll that took messages is on its way. */
  readonly answerMs?: () => number;
  /** The poll took messages, and its answer is lost. */
  readonly loseReceive?: () => boolean;
  /** The poll fails and has taken nothing. */
  readonly refuseReceive?: () => boolean;
  /** The delete of a message is lost. */
  readonly loseDelete?: () => boolean;
  /** The message is deleted, and its worker told that it is not. */
  readonly loseDeleteAnswer?: () => boolean;
  /** How long a delete is on its way. */
  readonly deleteMs?: () => number;
}

/** Told at the moment in which the queue does it, whether or not its answer arrives. */
export interface IntakeWatcher {
  readonly taken: (messages: readonly Message[]) => void;
  readonly removed: (message: Message) => void;
}

export interface IntakeOptions {
  /** Pollers side by side. */
  readonly consumers?: number;
  /** Batches in hand and polls under way, at most; as many as pollers, unless told otherwise: then none polls ahead. */
  readonly batches?: number;
  readonly faults?: IntakeFaults;
  /** The worker's process is gone: its pollers stop in their tracks, and what they hold waits for its visibility timeout. */
  readonly died?: AbortSignal;
  /** Resolves while the process runs: nothing of it happens while it stands still, or ever again once it is dead. */
  readonly awake?: () => Promise<void>;
  readonly watcher?: IntakeWatcher;
}

interface Run extends QueueSide {
  readonly handler: IntakeHandler;
  readonly stop: StopSignals;
  /** Soft or hard. */
  readonly stopping: AbortSignal;
  readonly died: AbortSignal;
  readonly faults: IntakeFaults;
  readonly awake: () => Promise<void>;
  readonly watcher: IntakeWatcher;
  readonly nextPoll: () => number;
  readonly room: IntakeRoom;
}

const pollBackoffMs = 1_000;
const longestHandBackMs = 60_000;

/** 1 s for the first receive, then 2, 4, … 60; none at a stop, where somebody else shall have it at once. */
const handBackMs = ({ receiveCount }: Message, isStopping: boolean): number =>
  isStopping ? 0 : Math.min(longestHandBackMs, 1_000 * 2 ** (receiveCount - 1));

/** Each one its own: whoever waits for a promise is kept for as long as it lives. */
const never = (): Promise<never> => new Promise(() => undefined);

/** What the handler admits, or nothing as soon as the signal aborts. */
const admitUntil = (signal: AbortSignal, admitting: Promise<readonly Message[]>): Promise<readonly Message[]> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => resolve([]);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    void admitting.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });

/** Those that the queue says are gone. */
const removeAll = async (run: Run, messages: readonly Message[]): Promise<ReadonlySet<Message>> => {
  const { clock, died, faults, watcher } = run;
  if (faults.deleteMs && messages.length > 0) await clock.sleep(faults.deleteMs());
  if (died.aborted) return never();
  const removed = messages.filter(() => !faults.loseDelete?.());
  for (const message of removed) {
    run.remove(message.handle);
    watcher.removed(message);
  }
  await run.awake();
  return new Set(removed.filter(() => !faults.loseDeleteAnswer?.()));
};

const admit = async (run: Run, batch: readonly Message[]): Promise<Outcome> => {
  const { handler, stop, stopping, died } = run;
  const admitted = new Set(await admitUntil(stop.hard, handler.admit(batch)));
  if (died.aborted) return never();
  const deleted = await removeAll(
    run,
    batch.filter((message) => admitted.has(message)),
  );
  if (deleted.size > 0) handler.deleted([...deleted]);
  const kept = batch.filter((message) => !deleted.has(message));
  for (const message of kept) run.handBack(message.handle, handBackMs(message, stopping.aborted));
  if (kept.length === 0) return 'whole';
  handler.kept(kept);
  return 'kept';
};

/** Leaves its place when that is done with; a dead process leaves nothing. */
const admitInPlace = async (run: Run, batch: readonly Message[], place: Place): Promise<void> => {
  place.leave(batch.length > 0 ? await admit(run, batch) : 'nothing');
};

const pollOnce = async (run: Run, receiving: AbortSignal, place: Place): Promise<void> => {
  const { handler, faults, died, watcher } = run;
  await handler.ready(run.stopping);
  if (run.stopping.aborted) {
    place.leave('nothing');
    return;
  }
  await run.awake();
  const poll = run.nextPoll();
  handler.pollStarted(poll);
  const batch = faults.refuseReceive?.() ? null : await run.receive(receiving);
  if (batch !== null && batch.length > 0) {
    watcher.taken(batch);
    const answerMs = faults.answerMs?.() ?? 0;
    if (answerMs > 0) await run.clock.sleep(answerMs, run.stop.hard);
  }
  await run.awake();
  if (died.aborted) return never();
  if (batch === null || faults.loseReceive?.()) {
    handler.pollFailed(poll);
    place.leave('nothing');
    return run.clock.sleep(pollBackoffMs, run.stopping);
  }
  handler.pollReturned(poll, batch);
  void admitInPlace(run, batch, place);
};

const pollUntilStopped = async (run: Run): Promise<void> => {
  const receiving = AbortSignal.any([run.stop.hard, run.died]);
  receiving.addEventListener('abort', run.wake);
  while (!run.stopping.aborted) {
    const place = await run.room.enter(run.stopping);
    if (place) await pollOnce(run, receiving, place);
  }
};

const unwatched: IntakeWatcher = { taken: () => undefined, removed: () => undefined };

export const intakeQueue = (side: QueueSide, options: IntakeOptions): IntakeQueue => ({
  consume: async (handler, stop) => {
    const { consumers = 2, faults = {}, died = new AbortController().signal, watcher = unwatched } = options;
    const { awake = () => Promise.resolve() } = options;
    let polls = 0;
    const nextPoll = (): number => (polls += 1);
    const stopping = AbortSignal.any([stop.soft, stop.hard]);
    const room = createIntakeRoom({ leastBatches: consumers, mostBatches: options.batches ?? consumers, characters: Infinity });
    const run: Run = { ...side, handler, stop, stopping, died, faults, awake, watcher, nextPoll, room };
    await Promise.all(Array.from({ length: consumers }, () => pollUntilStopped(run)));
    await room.empty();
  },
});
