/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.analytics.wrapup.aggregates/v1.json: Counts of a wrap-up code over an interval; they speak of no single conversation.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface AnalyticsWrapupAggregates {
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
