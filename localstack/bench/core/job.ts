import type { Reading } from '../reading';

/** What the process that decodes is asked for, as JSON in its only argument. */
export interface Job {
  readonly rounds: number;
  /** Of one corpus, both sides together. */
  readonly seconds: number;
}

/** One corpus in one round. `done` counts events. */
export interface Turn {
  readonly corpus: string;
  readonly floor: Reading;
  readonly tidemark: Reading;
}

export interface Told {
  readonly turns: readonly Turn[];
  readonly eventsPerMessage: Readonly<Record<string, number>>;
  /** Bodies that only one side refused, or in which they saw another number of events; by corpus. */
  readonly disagreements: Readonly<Record<string, number>>;
}
