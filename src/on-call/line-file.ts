/** One line of a file. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Bytes before it. */
  readonly at: number;
  /** A line end follows: without one it is the last, and may be torn. */
  readonly isEnded: boolean;
}

/** A file of lines that only grows, and that this process has for itself. */
export interface LineFile {
  readonly name: string;
  /** Also of a file that is not there: it has none. */
  readonly lines: () => AsyncIterable<FileLine>;
  /** Resolves when all that it holds is on the disk. Makes the file where there is none. */
  readonly settle: () => Promise<void>;
  /** Resolves when they are on the disk. After a rejection some may be there: cut them off, or open the file anew. */
  readonly append: (lines: readonly string[]) => Promise<void>;
  /** Keeps so many bytes. */
  readonly cutAt: (bytes: number) => Promise<void>;
  /** Bytes in it. */
  readonly size: () => Promise<number>;
}
