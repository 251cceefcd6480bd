import type { FileLine, LineFile } from '../../src/on-call/line-file';

export interface MemoryLineFile extends LineFile {
  /** What a loss of power leaves for certain. */
  readonly durable: () => string;
  readonly content: () => string;
  /** Somebody else writes to it. */
  readonly put: (content: string) => void;
  /** What was written and not brought to the disk is there up to this share of its bytes. */
  readonly losePower: (share: number) => void;
}

export interface MemoryLineFileOptions {
  readonly name?: string;
  /** Between the write and the moment when it is on the disk. */
  readonly beforeSync?: () => Promise<void>;
  /** How much of what is appended gets there before it rejects; not given: all, and it does not. */
  readonly noRoom?: (bytes: number) => number | null;
}

class NoSpaceError extends Error {
  readonly code = 'ENOSPC';
}

/** A file on a disk that may be full, under a process that may die. */
export const memoryLineFile = ({ name = 'letters.jsonl', beforeSync, noRoom }: MemoryLineFileOptions = {}): MemoryLineFile => {
  let written = Buffer.alloc(0);
  let durableBytes = 0;
  const sync = async (): Promise<void> => {
    await beforeSync?.();
    durableBytes = written.length;
  };
  const lines = function* (): Generator<FileLine> {
    for (let at = 0, number = 1; at < written.length; number++) {
      const end = written.indexOf(0x0a, at);
      const isEnded = end >= 0;
      yield { number, at, isEnded, text: written.subarray(at, isEnded ? end : undefined).toString('utf8') };
      at = isEnded ? end + 1 : written.length;
    }
  };
  return {
    name,
    // eslint-disable-next-line @typescript-eslint/require-await -- asynchronous as a file is
    lines: async function* () {
      yield* [...lines()];
    },
    settle: sync,
    append: async (added) => {
      const bytes = Buffer.from(added.map((line) => `${line}\n`).join(''));
      const room = noRoom?.(bytes.length) ?? bytes.length;
      written = Buffer.concat([written, bytes.subarray(0, room)]);
      if (room < bytes.length) throw new NoSpaceError('No space left on device.');
      await sync();
    },
    cutAt: async (bytes) => {
      written = written.subarray(0, bytes);
      await sync();
    },
    size: () => Promise.resolve(written.length),
    durable: () => written.subarray(0, durableBytes).toString('utf8'),
    content: () => written.toString('utf8'),
    put: (content) => {
      written = Buffer.from(content);
      durableBytes = written.length;
    },
    losePower: (share) => {
      const unsure = Math.max(0, written.length - durableBytes);
      written = written.subarray(0, Math.min(written.length, durableBytes + Math.floor(unsure * share)));
      durableBytes = written.length;
    },
  };
};
