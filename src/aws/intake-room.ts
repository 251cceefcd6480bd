/*
 * A poller polls on while what it brought before is being admitted: a batch takes several round trips, a poll takes one. How far
 * ahead, is bounded here, for what is in hand takes memory, is hidden from other workers, and comes again when this one dies.
 */

export interface IntakeRoomOptions {
  /** Batches in hand and polls under way, together. */
  readonly batches: number;
  /** Characters of the bodies in hand. No poll begins beyond them; those under way may still bring more. */
  readonly characters: number;
}

/** A place for what one poll brings. */
export interface Place {
  /** It is taken by bodies of so many characters. */
  readonly fill: (characters: number) => void;
  /** Whatever came of it. A second time is nothing. */
  readonly leave: () => void;
}

export interface IntakeRoom {
  /** Resolves with a place, in the order in which they were asked for; null at the signal. */
  readonly enter: (signal: AbortSignal) => Promise<Place | null>;
  /** Resolves when every place has been left. */
  readonly empty: () => Promise<void>;
}

/** Places that are taken. `onLeave` is told of each that is left. */
const createPlaces = ({ batches, characters }: IntakeRoomOptions, onLeave: () => void) => {
  let taken = 0;
  let filled = 0;
  return {
    isEmpty: (): boolean => taken === 0,
    isFull: (): boolean => taken >= batches || filled >= characters,
    take: (): Place => {
      let own = 0;
      let hasLeft = false;
      taken += 1;
      return {
        fill: (more) => {
          own += more;
          filled += more;
        },
        leave: () => {
          if (hasLeft) return;
          hasLeft = true;
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
