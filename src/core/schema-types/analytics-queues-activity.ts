/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.analytics.queues.activity/v1.json: What a queue holds at this moment, by media type.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface AnalyticsQueuesActivity {
  readonly results?: readonly {
    readonly mediaType?: string;
    readonly data?: readonly {
      readonly metric?: 'oAlerting' | 'oInteracting' | 'oWaiting' | 'oFlow' | 'oLongestWaiting' | 'oLongestInteracting';
      readonly count?: number;
      readonly calculatedMetricValue?: number;
    }[];
  }[];
}
