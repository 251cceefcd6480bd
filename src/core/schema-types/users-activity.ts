/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.users.activity/v1.json: Presence, routing status and active queues of a user, all of them whichever changed; so no one time is that of the event.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface UsersActivity {
  readonly id?: string;
  readonly routingStatus?: {
    readonly status?: 'OFF_QUEUE' | 'IDLE' | 'INTERACTING' | 'NOT_RESPONDING' | 'COMMUNICATING';
    readonly startTime?: string;
  };
  readonly presence?: {
    readonly presenceDefinition?: {
      readonly id?: string;
      readonly systemPresence?: string;
    };
    readonly presenceMessage?: string;
    readonly modifiedDate?: string;
  };
  readonly outOfOffice?: {
    readonly active?: boolean;
    readonly modifiedDate?: string;
  };
  readonly activeQueueIds?: readonly string[];
  readonly dateActiveQueuesChanged?: string;
}
