import type { Nursery } from '../demo/children';
import type { Figure } from './figure';
import type { BenchOptions } from './options';

/** What a subject works with. */
export interface Bench {
  readonly options: BenchOptions;
  readonly nursery: Nursery;
  /** For whoever waits. */
  readonly say: (text: string) => void;
}

/** One line of a table. */
export interface Row {
  readonly name: string;
  readonly cells: Readonly<Record<string, Figure>>;
}

export interface Report {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  /** What must not be. */
  readonly complaints: readonly string[];
  /** What a command of the program reckons with, in the JSON only. */
  readonly measured?: object;
}

export interface Subject {
  readonly name: string;
  readonly measure: (bench: Bench) => Promise<readonly Report[]>;
}
