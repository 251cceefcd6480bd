/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.flows.instances.flow.by-id/v1.json: The execution of a flow has ended, with its history step by step; a long one is cut and has a link.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface FlowsInstancesFlowById {
  readonly messageType?: 'unknown' | 'sms' | 'twitter' | 'facebook' | 'instagram' | 'line' | 'whatsapp' | 'webmessaging' | 'open';
  readonly executionId?: string;
  readonly conversationId?: string;
  readonly divisionId?: string;
  readonly endDateTime?: string;
  readonly endpoint?: string;
  readonly errors?: readonly {
    readonly reason?: string;
    readonly executionId?: string;
    readonly objectId?: string;
  }[];
  readonly execution?: readonly {
    readonly objectType?: string;
    readonly objectId?: string;
    readonly outputPathId?: string;
    readonly executionId?: string;
    readonly startDateTime?: string;
    readonly error?: {
      readonly reason?: string;
      readonly executionId?: string;
      readonly objectId?: string;
    };
    readonly warning?: {
      readonly reason?: string;
      readonly executionId?: string;
      readonly objectId?: string;
    };
    readonly languageTag?: string;
  }[];
  readonly flowExitReason?: string;
  readonly flowId?: string;
  readonly flowIsDebug?: boolean;
  readonly executionItemsTruncated?: boolean;
  readonly flowType?: string;
  readonly flowVersion?: string;
  readonly invokingContext?: {
    readonly flow?: {
      readonly flowExecutionId?: string;
      readonly objectExecutionId?: string;
    };
    readonly journeyActionMap?: {
      readonly actionMapId?: string;
      readonly actionId?: string;
    };
    readonly processAutomation?: {
      readonly triggerId?: string;
      readonly triggerName?: string;
    };
    readonly quality?: {
      readonly policyId?: string;
      readonly policyName?: string;
    };
    readonly workitem?: {
      readonly workitemId?: string;
      readonly workitemName?: string;
    };
  };
  readonly startDateTime?: string;
  readonly warnings?: readonly {
    readonly reason?: string;
    readonly executionId?: string;
    readonly objectId?: string;
  }[];
  readonly executionHistoryUri?: string;
  readonly executionHistoryUriTtl?: number;
}
