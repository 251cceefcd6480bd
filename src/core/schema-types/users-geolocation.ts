/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.users.geolocation/v1.json: Where a client of the user says it is.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface UsersGeolocation {
  readonly userId?: string;
  readonly type?: string;
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
}
