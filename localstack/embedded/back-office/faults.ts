/* What a back office does now and then, as scripted: refuses, or answers late. */

export type Door = 'contacts' | 'conversations' | 'tickets';

export interface Fault {
  /** Any, unless it says which. */
  readonly on?: Door;
  /** Instead of doing what was asked. */
  readonly answer?: number;
  /** Before doing anything. */
  readonly delayMs?: number;
  /** Requests that it hits; 1 unless it says more. */
  readonly times?: number;
}

export interface Faults {
  readonly script: (faults: readonly Fault[]) => void;
  /** The one that hits this request, if any; the first scripted goes first. */
  readonly next: (door: Door) => Fault | undefined;
}

export const openFaults = (): Faults => {
  let left: { readonly fault: Fault; times: number }[] = [];
  return {
    script: (faults) => {
      left = faults.map((fault) => ({ fault, times: fault.times ?? 1 }));
    },
    next: (door) => {
      const found = left.find(({ fault, times }) => times > 0 && (fault.on === undefined || fault.on === door));
      if (found) found.times--;
      return found?.fault;
    },
  };
};
