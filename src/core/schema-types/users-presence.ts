/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.users.presence/v1.json: The presence of a user changed.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface UsersPresence {
  readonly source?: string;
  readonly presenceDefinition?: {
    readonly id?: string;
    readonly systemPresence?: string;
  };
  readonly primary?: boolean;
  readonly message?: string;
  readonly modifiedDate?: string;
  readonly futurePresenceDefinition?: {
    readonly id?: string;
    readonly systemPresence?: string;
  };
}
