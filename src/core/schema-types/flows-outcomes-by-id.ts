/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.flows.outcomes.by-id/v1.json: Somebody edited the definition of a flow outcome. What an outcome was is in flow.outcome.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface FlowsOutcomesById {
  readonly id?: string;
  readonly name?: string;
  readonly description?: string;
  readonly currentOperation?: {
    readonly actionName?:
      | 'CREATE'
      | 'CHECKIN'
      | 'CHECKOUT'
      | 'DEACTIVATE'
      | 'DEBUG'
      | 'DELETE'
      | 'HISTORY'
      | 'PUBLISH'
      | 'REVERT'
      | 'SAVE'
      | 'STATE_CHANGE'
      | 'UPDATE'
      | 'VALIDATE';
    readonly actionStatus?:
      'LOCKED' | 'UNLOCKED' | 'STARTED' | 'PENDING_GENERATION' | 'PENDING_BACKEND_NOTIFICATION' | 'SUCCESS' | 'FAILURE';
    readonly id?: string;
    readonly complete?: boolean;
    readonly user?: {
      readonly id?: string;
      readonly name?: string;
      readonly homeOrg?: {
        readonly id?: string;
        readonly name?: string;
        readonly thirdPartyOrgName?: string;
      };
    };
    readonly client?: {
      readonly id?: string;
      readonly name?: string;
    };
    readonly errorMessage?: string;
    readonly errorCode?: string;
    readonly errorMessageParams?: {
      readonly [k: string]: string;
    };
    readonly errorDetails?: readonly {
      readonly errorCode?: string;
      readonly entityId?: string;
      readonly entityName?: string;
      readonly fieldName?: string;
    }[];
  };
}
