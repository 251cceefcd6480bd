/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.analytics.users.details.jobs.availability/v1.json: How far the data lake of user details is filled: until then a details job is complete.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface AnalyticsUsersDetailsJobsAvailability {
  readonly dataAvailabilityDate?: string;
}
