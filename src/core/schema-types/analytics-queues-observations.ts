/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.analytics.queues.observations/v1.json: Observations of a queue: its group says which queue and media type.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface AnalyticsQueuesObservations {
  readonly group?: {
    readonly [k: string]: string;
  };
  readonly data?: readonly {
    readonly interval?: string;
    readonly metrics?: readonly {
      readonly metric?: string;
      readonly qualifier?: string;
      readonly stats?: {
        readonly [k: string]: number;
      };
    }[];
  }[];
}
