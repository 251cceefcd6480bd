import type { ClosePhase, Holding } from './hands';

/** What was done to the run. */
export interface Counts {
  readonly kills: number;
  /** Kills whose worker held messages. */
  readonly onBatch: number;
  /** Kills whose worker was closing windows. */
  readonly onWindow: number;
  /** Windows that lost their worker, by how far it was. */
  readonly windows: Readonly<Record<ClosePhase, number>>;
  readonly messages: number;
  readonly starts: number;
  /** Rolling deploys: everybody on duty replaced by somebody new. */
  readonly deploys: number;
  readonly pausesMs: readonly number[];
  readonly cut: number;
  readonly late: number;
  /** Calls that reached AWS, by service. */
  readonly calls: ReadonlyMap<string, number>;
}

export interface Ledger {
  readonly killed: (worker: string, holding: Holding) => void;
  readonly started: (worker: string) => void;
  readonly stopped: (worker: string, exit: string) => void;
  readonly deployed: () => void;
  readonly paused: (ms: number) => void;
  readonly answerCut: () => void;
  readonly answerLate: () => void;
  readonly called: (service: string) => void;
  readonly counts: () => Counts;
}

/** `journal` is told of each misfortune as it happens: for whoever wants to know afterwards what hit whom, and when. */
export const openLedger = (journal: (entry: Readonly<Record<string, unknown>>) => void): Ledger => {
  const sums = { kills: 0, onBatch: 0, onWindow: 0, messages: 0, starts: 0, deploys: 0, cut: 0, late: 0 };
  const windows: Record<ClosePhase, number> = { claimed: 0, put: 0, started: 0 };
  const pausesMs: number[] = [];
  const calls = new Map<string, number>();
  return {
    killed: (worker, holding) => {
      journal({ killed: worker, messages: holding.messages, windows: Object.fromEntries(holding.windows) });
      sums.kills += 1;
      if (holding.messages > 0) sums.onBatch += 1;
      if (holding.windows.size > 0) sums.onWindow += 1;
      sums.messages += holding.messages;
      for (const phase of holding.windows.values()) windows[phase] += 1;
    },
    started: (worker) => {
      journal({ started: worker });
      sums.starts += 1;
    },
    stopped: (worker, exit) => journal({ stopped: worker, exit }),
    deployed: () => {
      journal({ deployed: true });
      sums.deploys += 1;
    },
    paused: (ms) => {
      journal({ stoodStillMs: ms });
      pausesMs.push(ms);
    },
    answerCut: () => void (sums.cut += 1),
    answerLate: () => void (sums.late += 1),
    called: (service) => void calls.set(service, (calls.get(service) ?? 0) + 1),
    counts: () => ({ ...sums, windows: { ...windows }, pausesMs: [...pausesMs], calls: new Map(calls) }),
  };
};

/** Kills of each kind that a run must land, or it has shown nothing. */
export const wantedHits = (minutes: number): number => Math.max(1, Math.floor(4 * minutes));

export const complainOfHits = ({ onBatch, onWindow }: Counts, minutes: number): readonly string[] => {
  const wanted = wantedHits(minutes);
  const complain = (what: string, got: number): readonly string[] =>
    got >= wanted
      ? []
      : [`Expected at least ${wanted} kills on ${what} in ${minutes} minutes, got ${got}: the run shows too little.`];
  return [...complain('a held batch', onBatch), ...complain('a closing window', onWindow)];
};
