/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.analytics.flow.metrics/v1.json: One metric of a flow that a conversation ran through.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface AnalyticsFlowMetrics {
  readonly metric?:
    | 'nFlow'
    | 'nFlowMilestone'
    | 'nFlowOutcome'
    | 'nFlowOutcomeFailed'
    | 'oFlowMilestone'
    | 'tFlow'
    | 'tFlowDisconnect'
    | 'tFlowExit'
    | 'tFlowOutcome';
  readonly activeRouting?:
    'Bullseye' | 'Conditional' | 'Direct' | 'Last' | 'Manual' | 'Predictive' | 'Preferred' | 'Standard' | 'Vip';
  readonly conversationInitiator?:
    | 'acd'
    | 'agent'
    | 'api'
    | 'botflow'
    | 'campaign'
    | 'customer'
    | 'dialer'
    | 'external'
    | 'fax'
    | 'group'
    | 'inbound'
    | 'ivr'
    | 'manual'
    | 'outbound'
    | 'station'
    | 'user'
    | 'voicemail'
    | 'voicesurveyflow'
    | 'workflow';
  readonly deliveryStatus?:
    'DeliveryFailed' | 'DeliveryPushed' | 'DeliverySuccess' | 'Failed' | 'Published' | 'Queued' | 'Read' | 'Received' | 'Sent';
  readonly direction?: 'inbound' | 'outbound';
  readonly disconnectType?:
    | 'client'
    | 'conferenceTransfer'
    | 'consultTransfer'
    | 'endpoint'
    | 'endpointDnd'
    | 'error'
    | 'forwardTransfer'
    | 'inactivity'
    | 'noAnswerTransfer'
    | 'notAvailableTransfer'
    | 'other'
    | 'peer'
    | 'sessionExpired'
    | 'spam'
    | 'system'
    | 'takeover'
    | 'timeout'
    | 'transfer'
    | 'transferDnd'
    | 'transportFailure'
    | 'uncallable';
  readonly entryType?: 'agent' | 'direct' | 'dnis' | 'flow' | 'outbound';
  readonly flaggedReason?: 'general';
  readonly flowSubType?: 'VIRTUAL_AGENT';
  readonly flowType?:
    | 'bot'
    | 'commonmodule'
    | 'digitalbot'
    | 'emailsend'
    | 'inboundcall'
    | 'inboundchat'
    | 'inboundemail'
    | 'inboundshortmessage'
    | 'inqueuecall'
    | 'inqueueemail'
    | 'inqueueshortmessage'
    | 'outboundcall'
    | 'securecall'
    | 'speech'
    | 'surveyinvite'
    | 'voice'
    | 'voicemail'
    | 'voicesurvey'
    | 'workflow'
    | 'workitem';
  readonly mediaType?:
    | 'callback'
    | 'chat'
    | 'cobrowse'
    | 'email'
    | 'internalmessage'
    | 'message'
    | 'screenmonitoring'
    | 'screenshare'
    | 'unknown'
    | 'video'
    | 'voice';
  readonly originatingDirection?: 'inbound' | 'outbound';
  readonly purpose?:
    | 'acd'
    | 'agent'
    | 'api'
    | 'botflow'
    | 'campaign'
    | 'customer'
    | 'dialer'
    | 'external'
    | 'fax'
    | 'group'
    | 'inbound'
    | 'ivr'
    | 'manual'
    | 'outbound'
    | 'station'
    | 'user'
    | 'voicemail'
    | 'voicesurveyflow'
    | 'workflow';
  readonly routingRuleType?: 'Bullseye' | 'Conditional' | 'Predictive' | 'Preferred';
  readonly usedRouting?:
    'Bullseye' | 'Conditional' | 'Direct' | 'Last' | 'Manual' | 'Predictive' | 'Preferred' | 'Standard' | 'Vip';
  readonly metricDate?: string;
  readonly value?: number;
  readonly recordId?: string;
  readonly activeSkillIds?: readonly string[];
  readonly addressFrom?: string;
  readonly addressTo?: string;
  readonly agentAssistantId?: string;
  readonly agentBullseyeRing?: number;
  readonly agentOwned?: boolean;
  readonly ani?: string;
  readonly assignerId?: string;
  readonly authenticated?: boolean;
  readonly conversationId?: string;
  readonly convertedFrom?: string;
  readonly convertedTo?: string;
  readonly customerParticipation?: boolean;
  readonly destinationAddresses?: readonly string[];
  readonly divisionIds?: readonly string[];
  readonly dnis?: string;
  readonly edgeId?: string;
  readonly eligibleAgentCounts?: readonly number[];
  readonly endingLanguage?: string;
  readonly entryReason?: string;
  readonly errorCode?: string;
  readonly exitReason?: string;
  readonly extendedDeliveryStatus?: string;
  readonly externalContactId?: string;
  readonly externalMediaCount?: number;
  readonly externalOrganizationId?: string;
  readonly externalTag?: string;
  readonly firstQueue?: boolean;
  readonly flowId?: string;
  readonly flowInType?: string;
  readonly flowMilestoneIds?: readonly string[];
  readonly flowName?: string;
  readonly flowOutType?: string;
  readonly flowVersion?: string;
  readonly groupId?: string;
  readonly interactionType?: string;
  readonly journeyActionId?: string;
  readonly journeyActionMapId?: string;
  readonly journeyActionMapVersion?: number;
  readonly journeyCustomerId?: string;
  readonly journeyCustomerIdType?: string;
  readonly journeyCustomerSessionId?: string;
  readonly journeyCustomerSessionIdType?: string;
  readonly knowledgeBaseId?: string;
  readonly mediaCount?: number;
  readonly messageType?: string;
  readonly outboundCampaignId?: string;
  readonly outboundContactId?: string;
  readonly outboundContactListId?: string;
  readonly participantName?: string;
  readonly peerId?: string;
  readonly provider?: string;
  readonly queueId?: string;
  readonly recognitionFailureReason?: string;
  readonly remote?: string;
  readonly removedSkillIds?: readonly string[];
  readonly requestedLanguageId?: string;
  readonly requestedRoutingSkillIds?: readonly string[];
  readonly requestedRoutings?: readonly (
    'Bullseye' | 'Conditional' | 'Direct' | 'Last' | 'Manual' | 'Predictive' | 'Preferred' | 'Standard' | 'Vip'
  )[];
  readonly roomId?: string;
  readonly routingPriority?: number;
  readonly routingRing?: number;
  readonly routingRule?: string;
  readonly selectedAgentId?: string;
  readonly selectedAgentRank?: number;
  readonly selfServed?: boolean;
  readonly sessionDnis?: string;
  readonly sessionId?: string;
  readonly skillExpressionId?: string;
  readonly startingLanguage?: string;
  readonly stationId?: string;
  readonly teamId?: string;
  readonly transferTargetAddress?: string;
  readonly transferTargetName?: string;
  readonly transferType?: string;
  readonly userId?: string;
  readonly videoPresent?: boolean;
  readonly waitingInteractionCounts?: readonly number[];
  readonly wrapUpCode?: string;
  readonly proposedAgents?: readonly {
    readonly agentRank?: number;
    readonly proposedAgentId?: string;
  }[];
  readonly outcomes?: readonly {
    readonly flowOutcome?: string;
    readonly flowOutcomeId?: string;
    readonly flowOutcomeValue?: string;
  }[];
  readonly scoredAgents?: readonly {
    readonly agentScore?: number;
    readonly scoredAgentId?: string;
  }[];
}
