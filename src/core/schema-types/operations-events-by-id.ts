/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.operations.events.by-id/v1.json: Something in the organisation broke or works again: a trunk, an integration, a limit.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface OperationsEventsById {
  readonly eventEntity?: {
    readonly id?: string;
    readonly name?: string;
    readonly description?: string;
  };
  readonly entityId?: string;
  readonly entityName?: string;
  readonly previousValue?: string;
  readonly currentValue?: string;
  readonly errorCode?: string;
  readonly version?: string;
  readonly parentEntity?: string;
  readonly entityType?: string;
  readonly conversationId?: string;
  readonly entityToken?: string;
  readonly phoneNumber?: string;
  readonly externalContactId?: string;
  readonly timestamp?: number;
}
