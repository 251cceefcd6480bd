/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.users.integrationpresence/v1.json: The presence of a user as another system, such as Teams, sees it.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface UsersIntegrationpresence {
  readonly eventType?: 'UserPresenceStatusChanged' | 'UserPrimaryPresenceSourceChanged';
  readonly userId?: string;
  readonly source?: string;
  readonly modifiedDate?: string;
  readonly presenceDefinition?: {
    readonly id?: string;
    readonly systemPresence?: string;
  };
  readonly message?: string;
  readonly currentDisplaySourceId?: string;
  readonly previousDisplaySourceId?: string;
  readonly futurePresenceDefinition?: {
    readonly id?: string;
    readonly systemPresence?: string;
  };
}
