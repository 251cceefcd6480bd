import type { Anomaly } from '../record';
import { dateableOrNull } from './instant';

/** Collects what derived durations turn out to be impossible, while the metrics are being worked out. */
export interface DurationCheck {
  /** Null when either time is unknown, or when it ends before it begins: then it is named, too. */
  readonly between: (fromMs: number | null, toMs: number | null, what: string) => number | null;
  /** Absent parts are skipped; null only if every part is absent, or the sum is beyond 2^53. */
  readonly sum: (parts: readonly (number | null | undefined)[], what: string) => number | null;
  readonly anomalies: readonly Anomaly[];
}

export const createDurationCheck = (): DurationCheck => {
  const anomalies: Anomaly[] = [];
  const impossible = (what: string, got: string): null => {
    anomalies.push({
      kind: 'impossible-duration',
      detail: `Expected ${what} to be from 0 up to 2^53 ms, got ${got}; taken as unknown.`,
    });
    return null;
  };
  return {
    anomalies,
    between: (fromMs, toMs, what) => {
      if (fromMs === null || toMs === null) return null;
      if (dateableOrNull(fromMs) === null || dateableOrNull(toMs) === null) return null;
      return toMs < fromMs ? impossible(what, String(toMs - fromMs)) : toMs - fromMs;
    },
    sum: (parts, what) => {
      const known = parts.filter((part) => typeof part === 'number');
      if (known.length === 0) return null;
      const total = known.reduce((soFar, part) => soFar + part, 0);
      return Number.isSafeInteger(total) ? total : impossible(what, 'more');
    },
  };
};
