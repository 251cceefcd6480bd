import type { Ingest } from '../../ingest';
import type { Clock, Log, Metrics } from '../../ports';
import type { IngestSecretSource } from '../../ports-ingest';

export interface HttpOutside {
  readonly ingest: Ingest;
  readonly secrets: IngestSecretSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly isReady: () => boolean;
  readonly version: string;
}

export interface HttpSettings {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly maxBodyBytes: number;
  /** Posts in hand at most. */
  readonly maxWaiting: number;
  /** Of one sender. */
  readonly maxPerSecond: number;
  /** Longest that a body may take to come. */
  readonly timeoutMs: number;
}
