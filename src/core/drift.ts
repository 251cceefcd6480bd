import type { Drift } from './registry/verdict';

/** Departures of one kind from a subject's newest schema at one path, as the fleet has seen them. */
export interface DriftSighting extends Drift {
  readonly subject: string;
  /** Of deliveries: what comes twice counts twice. */
  readonly count: number;
  readonly firstAtMs: number;
  /** Example and oldest version are those of the message that was seen last. */
  readonly lastAtMs: number;
}

/** Told of every departure. Takes no time and never throws. */
export interface DriftWatch {
  readonly note: (subject: string, drift: Drift) => void;
}

export const nobodyWatches: DriftWatch = { note: () => undefined };

/** Two sightings of one row as one. Seen at the same time, the later argument is the last one. */
export const mergeSightings = (a: DriftSighting, b: DriftSighting): DriftSighting => ({
  ...(a.lastAtMs > b.lastAtMs ? a : b),
  count: a.count + b.count,
  firstAtMs: Math.min(a.firstAtMs, b.firstAtMs),
});

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By path, then kind: how a store lists the rows of a subject. */
export const byPath = (a: DriftSighting, b: DriftSighting): number => compareText(a.path, b.path) || compareText(a.kind, b.kind);
