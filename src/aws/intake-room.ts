/*
 * A poller polls on while what it brought before is being admitted: a batch takes several round trips, a poll takes one. How far
 * ahead, is bounded here, for what is in hand takes memory, is hidden from other workers, and comes again when this one dies.
 *
 * How far it may go at all, the outcome of each batch says. Batches that compete for what a throttled table still takes each get
 * a part of their events in, run out of time, and begin anew: the more of them, the fewer messages are ever whole.
 */

export interface IntakeRoomOptions {
  /** Batches in hand and polls under way, together: so many at first, and never fewer. */
  readonly leastBatches: number;
  /** So many once enough batches were admitted whole. */
  readonly mostBatches: number;
  /** Characters of the bodies in hand. No poll begins beyond them; those under way may still bring more. */
  readonly characters: number;
}

/** `kept`: at least one message of the batch comes again. `nothing`: there was no batch. */
export type Outcome = 'whole' | 'kept' | 'nothing';

/** A place for what one poll brings. */
export interface Place {
  /** It is taken by bodies of so many characters. */
  readonly fill: (characters: number) => void;
  /** Whatever came of it. A second time is nothing. */
  readonly leave: (outcome: Outcome) => void;
}

export interface IntakeRoom {
  /** Resolves with a place, in the order in which they were asked for; null at the signal. */
  readonly enter: (signal: AbortSignal) => Promise<Place | null>;
  /** Resolves when every place has been left. */
  readonly empty: () => Promise<void>;
}

/** Batches that one which was admitted whole makes room for. Slow, beside half as many for one that was not. */
const growth = 1 / 8;

/** Places that are taken. `onLeave` is told of each that is left. */
const createPlaces = ({ leastBatches, mostBatches, characters }: IntakeRoomOptions, onLeave: () => void) => {
  let batches = leastBatches;
  let taken = 0;
  let filled = 0;
  return {
    isEmpty: (): boolean => taken === 0,
    isFull: (): boolean => taken >= Math.floor(batches) || filled >= characters,
    take: (): Place => {
      let own = 0;
      let hasLeft = false;
      taken += 1;
      return {
        fill: (more) => {
          own += more;
          filled += more;
        },
        leave: (outcome) => {
          if (hasLeft) return;
          hasLeft = true;
          if (outcome === 'whole') batches = Math.min(mostBatches, batches + growth);
          if (outcome === 'kept') batches = Math.max(leastBatches, batches / 2);
          taken -= 1;
          filled -= own;
          onLeave();
        },
      };
    },
  };
};

export const createIntakeRoom = (options: IntakeRoomOptions): IntakeRoom => {
  const waiting = new Set<() => void>();
  let wakeLast = (): void => undefined;
  const { isEmpty, isFull, take } = createPlaces(options, () => {
    for (const enter of waiting) if (!isFull()) enter();
    if (isEmpty()) wakeLast();
  });

  return {
    enter: (signal) =>
      new Promise((resolve) => {
        const end = (place: Place | null): void => {
          waiting.delete(enter);
          signal.removeEventListener('abort', giveUp);
          resolve(place);
        };
        const enter = (): void => end(take());
        const giveUp = (): void => end(null);
        if (signal.aborted) {
          giveUp();
        } else if (waiting.size === 0 && !isFull()) {
          enter();
        } else {
          waiting.add(enter);
          signal.addEventListener('abort', giveUp);
        }
      }),
    empty: () =>
      new Promise((resolve) => {
        if (isEmpty()) resolve();
        else wakeLast = resolve;
      }),
  };
};
