/** Bytes, after a collection. */
export interface Heap {
  readonly heapUsed: number;
  /** Of it what the compiler made, which goes on for hours and comes to an end. */
  readonly code: number;
  /** Buffers and the like, outside of the heap. */
  readonly external: number;
  readonly rss: number;
}

export interface Asked {
  readonly conversationsPerHour: number;
  readonly windows: readonly number[];
}

export interface Told {
  /** With the registry compiled, and no worker. */
  readonly before: Heap;
  /** Of a worker that waits for its first message. */
  readonly idle: Heap;
  /** At every simulated five minutes, each time with nothing in hand and an empty table. */
  readonly marks: readonly Heap[];
  readonly messages: number;
  readonly closed: number;
  /** So many windows stand open: with the table that holds them, and without. */
  readonly open: readonly { readonly windows: number; readonly withTable: Heap; readonly without: Heap; readonly none: Heap }[];
}
