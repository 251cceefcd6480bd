import { limits, utf8Bytes } from '../../src/core/limits';
import type { StoppedPlace } from '../../src/core/on-call/stopped';
import { answer } from '../../src/memory/answer';
import type { Clock, Random } from '../../src/ports';
import type { HeldLetter, LetterDestination, LetterQueue, OutgoingLetter } from '../../src/ports-on-call';

/** What may lie in a queue beside body and attributes. */
export type LyingLetter = Omit<HeldLetter, 'handle'>;
export type NewLetter = Pick<LyingLetter, 'body'> & Partial<LyingLetter>;

export interface MemoryLetterQueueOptions {
  readonly clock: Clock;
  readonly place?: StoppedPlace;
  readonly url?: string;
  /** Without it letters come in the order they were sent. */
  readonly random?: Random;
  /** Asked before each batch of removals: those that SQS does not remove. A thrown error fails the call. */
  readonly notRemoved?: (letters: readonly HeldLetter[]) => readonly HeldLetter[];
}

export interface MemoryLetterQueue extends LetterQueue {
  /** Answers its id. */
  readonly send: (letter: NewLetter) => string;
  /** All that is in the queue, hidden or not, as it would be received next. */
  readonly lying: () => readonly LyingLetter[];
}

interface Held extends LyingLetter {
  readonly receiveCount: number;
  readonly handle: string;
  readonly hiddenUntilMs: number;
}

const batchSize = 10;

const lyingOf = ({ id, body, attributes, attributesLost, sentAtMs, receiveCount, movedFromArn }: Held): LyingLetter => ({
  ...{ id, body, attributes, sentAtMs, receiveCount, movedFromArn },
  ...(attributesLost ? { attributesLost } : {}),
});

const letterOf = (held: Held): HeldLetter => ({ ...lyingOf(held), handle: held.handle });

/** Any of them, each once. */
const shuffled = <T>(all: readonly T[], random: Random | undefined): readonly T[] => {
  if (random === undefined) return all;
  const left = [...all];
  return all.map(() => left.splice(Math.floor(random.fraction() * left.length), 1)[0] as T);
};

/** A queue where letters lie: it loses none and shows none twice, unless told to. */
export const memoryLetterQueue = (options: MemoryLetterQueueOptions): MemoryLetterQueue => {
  const { clock, place = 'worker', url = 'https://sqs.test/000000000000/dead-letters', random, notRemoved } = options;
  const all = new Map<string, Held>();
  let count = 0;

  const send = (letter: NewLetter): string => {
    const bytes = utf8Bytes(letter.body);
    if (bytes > limits.messageBytes)
      throw new RangeError(`Expected a letter of at most ${limits.messageBytes} bytes, got ${bytes}.`);
    count += 1;
    const id = letter.id ?? `letter-${String(count)}`;
    const fresh = { attributes: {}, sentAtMs: clock.nowMs(), receiveCount: 0, movedFromArn: null, handle: '', hiddenUntilMs: 0 };
    all.set(id, { ...fresh, ...letter, id });
    return id;
  };

  const hide = (held: Held, hideSeconds: number): HeldLetter => {
    count += 1;
    const handle = `${held.id}/${String(count)}`;
    const hidden = { ...held, handle, receiveCount: held.receiveCount + 1, hiddenUntilMs: clock.nowMs() + hideSeconds * 1_000 };
    all.set(held.id, hidden);
    return letterOf(hidden);
  };

  /** By the handle of its newest receipt; by an older one nothing happens, and SQS does not say so. */
  const held = ({ id, handle }: HeldLetter): Held | undefined => (all.get(id)?.handle === handle ? all.get(id) : undefined);

  const removeSome = (letters: readonly HeldLetter[]): readonly HeldLetter[] => {
    const kept = new Set(notRemoved?.(letters) ?? []);
    const gone = letters.filter((letter) => !kept.has(letter));
    for (const letter of gone) if (held(letter)) all.delete(letter.id);
    return gone;
  };

  return {
    place,
    url,
    send,
    lying: () => [...all.values()].map(lyingOf),
    receive: (hideSeconds) =>
      answer(() => {
        const visible = [...all.values()].filter(({ hiddenUntilMs }) => hiddenUntilMs <= clock.nowMs());
        return shuffled(visible, random).slice(0, batchSize).map((letter) => hide(letter, hideSeconds)); // prettier-ignore
      }),
    showAgain: (letters) =>
      answer(() => {
        for (const letter of letters) {
          const hidden = held(letter);
          if (hidden) all.set(letter.id, { ...hidden, hiddenUntilMs: 0 });
        }
      }),
    remove: (letters) => answer(() => removeSome(letters)),
    count: () =>
      answer(() => {
        const hidden = [...all.values()].filter(({ hiddenUntilMs }) => hiddenUntilMs > clock.nowMs()).length;
        return { visible: all.size - hidden, hidden };
      }),
  };
};

export interface MemoryLetterDestination extends LetterDestination {
  readonly sent: () => readonly (OutgoingLetter & { readonly id: string })[];
}

export interface MemoryDestinationOptions {
  readonly name?: string;
  /** Asked for each: true where the queue does not take it. A thrown error fails the call. */
  readonly refuses?: (letter: OutgoingLetter) => boolean;
  /** Told of each that arrived: a queue to put it into, a worker. */
  readonly arrived?: (letter: OutgoingLetter, id: string) => void;
}

/** Where letters go back to. */
export const memoryLetterDestination = (options: MemoryDestinationOptions = {}): MemoryLetterDestination => {
  const { name = 'queue intake', refuses = () => false, arrived } = options;
  const sent: (OutgoingLetter & { readonly id: string })[] = [];
  const sendOne = (letter: OutgoingLetter): string | null => {
    if (refuses(letter)) return null;
    const id = `moved-${String(sent.length + 1)}`;
    sent.push({ ...letter, id });
    arrived?.(letter, id);
    return id;
  };
  return { name, send: (letters) => answer(() => letters.map(sendOne)), sent: () => sent };
};
