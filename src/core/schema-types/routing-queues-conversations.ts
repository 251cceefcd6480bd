/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { Json } from '../json';

/**
 * schemas/v2.routing.queues.conversations/v1.json: A conversation in a queue, whole, at each change: a snapshot, not a micro-event. Its id is that of the conversation.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface RoutingQueuesConversations {
  readonly id?: string;
  readonly maxParticipants?: number;
  readonly participants?: readonly {
    readonly screenRecordingState?: 'requested' | 'active' | 'paused' | 'stopped' | 'error' | 'timeout';
    readonly id?: string;
    readonly connectedTime?: string;
    readonly endTime?: string;
    readonly userId?: string;
    readonly externalContactId?: string;
    readonly externalContactInitialDivisionId?: string;
    readonly externalOrganizationId?: string;
    readonly name?: string;
    readonly queueId?: string;
    readonly groupId?: string;
    readonly teamId?: string;
    readonly purpose?: string;
    readonly consultParticipantId?: string;
    readonly address?: string;
    readonly wrapupRequired?: boolean;
    readonly wrapupExpected?: boolean;
    readonly wrapupPrompt?: string;
    readonly wrapupTimeoutMs?: number;
    readonly wrapup?: {
      readonly code?: string;
      readonly notes?: string;
      readonly tags?: readonly string[];
      readonly durationSeconds?: number;
      readonly endTime?: string;
    };
    readonly startAcwTime?: string;
    readonly endAcwTime?: string;
    readonly conversationRoutingData?: {
      readonly queue?: Json;
      readonly language?: Json;
      readonly priority?: number;
      readonly skills?: readonly Json[];
      readonly scoredAgents?: readonly Json[];
      readonly skillExpressionId?: Json;
    };
    readonly alertingTimeoutMs?: number;
    readonly monitoredParticipantId?: string;
    readonly screenMonitoredParticipantId?: string;
    readonly coachedParticipantId?: string;
    readonly bargedParticipantId?: string;
    readonly mediaRoles?: readonly string[];
    readonly flaggedReason?: string;
    readonly attributes?: {
      readonly [k: string]: string;
    };
    readonly calls?: readonly {
      readonly recordingState?: 'none' | 'active' | 'paused';
      readonly disconnectType?:
        | 'endpoint'
        | 'endpoint.dnd'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transfer.dnd'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable';
      readonly direction?: 'outbound' | 'inbound';
      readonly id?: string;
      readonly recording?: boolean;
      readonly recordersState?: Json;
      readonly muted?: boolean;
      readonly confined?: boolean;
      readonly held?: boolean;
      readonly securePause?: boolean;
      readonly errorInfo?: Json;
      readonly startHoldTime?: string;
      readonly documentId?: string;
      readonly self?: Json;
      readonly other?: Json;
      readonly provider?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly disconnectReasons?: readonly Json[];
      readonly faxStatus?: Json;
      readonly uuiData?: string;
      readonly bargedTime?: string;
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
      readonly agentAssistantId?: string;
      readonly queueMediaSettings?: Json;
      readonly disposition?: Json;
      readonly transferSource?: string;
      readonly publicIpAddress?: string;
    }[];
    readonly callbacks?: readonly {
      readonly direction?: 'inbound' | 'outbound';
      readonly disconnectType?:
        | 'endpoint'
        | 'endpoint.dnd'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transfer.dnd'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable';
      readonly id?: string;
      readonly held?: boolean;
      readonly startHoldTime?: string;
      readonly dialerPreview?: Json;
      readonly voicemail?: Json;
      readonly callbackNumbers?: readonly string[];
      readonly callbackUserName?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly externalCampaign?: boolean;
      readonly skipEnabled?: boolean;
      readonly provider?: string;
      readonly timeoutSeconds?: number;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly callbackScheduledTime?: string;
      readonly automatedCallbackConfigId?: string;
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
      readonly callerId?: string;
      readonly callerIdName?: string;
      readonly queueMediaSettings?: Json;
    }[];
    readonly chats?: readonly {
      readonly disconnectType?:
        | 'endpoint'
        | 'endpoint.dnd'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transfer.dnd'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable';
      readonly id?: string;
      readonly provider?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly roomId?: string;
      readonly avatarImageUrl?: string;
      readonly held?: boolean;
      readonly startHoldTime?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly journeyContext?: Json;
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
      readonly queueMediaSettings?: Json;
    }[];
    readonly cobrowsesessions?: readonly {
      readonly disconnectType?:
        | 'endpoint'
        | 'endpoint.dnd'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transfer.dnd'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable';
      readonly id?: string;
      readonly self?: Json;
      readonly roomId?: string;
      readonly cobrowseSessionId?: string;
      readonly cobrowseRole?: string;
      readonly controlling?: readonly string[];
      readonly viewerUrl?: string;
      readonly provider?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly providerEventTime?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
      readonly queueMediaSettings?: Json;
    }[];
    readonly emails?: readonly {
      readonly disconnectType?:
        | 'endpoint'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable';
      readonly direction?: 'outbound' | 'inbound';
      readonly id?: string;
      readonly held?: boolean;
      readonly autoGenerated?: boolean;
      readonly subject?: string;
      readonly provider?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly messagesSent?: number;
      readonly errorInfo?: Json;
      readonly startHoldTime?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly messageId?: string;
      readonly draftAttachments?: readonly Json[];
      readonly spam?: boolean;
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
      readonly queueMediaSettings?: Json;
      readonly resumeTime?: string;
      readonly parkTime?: string;
    }[];
    readonly messages?: readonly {
      readonly direction?: 'outbound' | 'inbound';
      readonly disconnectType?:
        | 'endpoint'
        | 'endpoint.dnd'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transfer.dnd'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable'
        | 'inactivity'
        | 'session.expired'
        | 'takeover';
      readonly type?:
        | 'unknown'
        | 'sms'
        | 'twitter'
        | 'facebook'
        | 'line'
        | 'viber'
        | 'wechat'
        | 'whatsapp'
        | 'telegram'
        | 'kakao'
        | 'webmessaging'
        | 'open'
        | 'instagram'
        | 'apple';
      readonly id?: string;
      readonly held?: boolean;
      readonly errorInfo?: Json;
      readonly provider?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly startHoldTime?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly toAddress?: Json;
      readonly fromAddress?: Json;
      readonly messages?: readonly Json[];
      readonly messagesTranscriptUri?: string;
      readonly recipientCountry?: string;
      readonly recipientType?: string;
      readonly journeyContext?: Json;
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
      readonly agentAssistantId?: string;
      readonly engagementSource?: string;
      readonly byoSmsIntegrationId?: string;
      readonly queueMediaSettings?: Json;
      readonly resumeTime?: string;
      readonly parkTime?: string;
    }[];
    readonly internalMessages?: readonly {
      readonly disconnectType?: 'client' | 'system' | 'peer' | 'transfer';
      readonly id?: string;
      readonly provider?: string;
      readonly peerId?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly targetUserId?: string;
      readonly sourceUserId?: string;
      readonly toAddress?: Json;
      readonly fromAddress?: Json;
      readonly messages?: readonly Json[];
    }[];
    readonly screenMonitorings?: readonly {
      readonly disconnectType?: 'system';
      readonly monitoringType?: 'Unknown' | 'AgentLevel' | 'ConversationLevel';
      readonly id?: string;
      readonly provider?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly targetUserId?: string;
      readonly screenMonitoringId?: string;
      readonly count?: number;
    }[];
    readonly screenshares?: readonly {
      readonly disconnectType?:
        | 'endpoint'
        | 'endpoint.dnd'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transfer.dnd'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable';
      readonly self?: Json;
      readonly id?: string;
      readonly context?: string;
      readonly sharing?: boolean;
      readonly provider?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly peerCount?: number;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
      readonly queueMediaSettings?: Json;
    }[];
    readonly socialExpressions?: readonly {
      readonly disconnectType?:
        | 'endpoint'
        | 'endpoint.dnd'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transfer.dnd'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable';
      readonly id?: string;
      readonly socialMediaId?: string;
      readonly socialMediaHub?: string;
      readonly socialUserName?: string;
      readonly previewText?: string;
      readonly recordingId?: string;
      readonly held?: boolean;
      readonly provider?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly startHoldTime?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
    }[];
    readonly videos?: readonly {
      readonly disconnectType?:
        | 'endpoint'
        | 'endpoint.dnd'
        | 'client'
        | 'system'
        | 'timeout'
        | 'transfer'
        | 'transfer.conference'
        | 'transfer.consult'
        | 'transfer.forward'
        | 'transfer.noanswer'
        | 'transfer.notavailable'
        | 'transfer.dnd'
        | 'transport.failure'
        | 'error'
        | 'peer'
        | 'other'
        | 'spam'
        | 'uncallable';
      readonly self?: Json;
      readonly id?: string;
      readonly context?: string;
      readonly audioMuted?: boolean;
      readonly videoMuted?: boolean;
      readonly sharingScreen?: boolean;
      readonly peerCount?: number;
      readonly provider?: string;
      readonly scriptId?: string;
      readonly peerId?: string;
      readonly connectedTime?: string;
      readonly disconnectedTime?: string;
      readonly msids?: readonly string[];
      readonly wrapup?: Json;
      readonly afterCallWork?: Json;
      readonly afterCallWorkRequired?: boolean;
      readonly queueMediaSettings?: Json;
    }[];
    readonly workflow?: {
      readonly workflowId?: string;
    };
  }[];
  readonly recentTransfers?: readonly {
    readonly transferType?: 'attended' | 'unattended';
    readonly id?: string;
    readonly dateIssued?: string;
    readonly initiator?: {
      readonly userId?: string;
    };
    readonly modifiedBy?: {
      readonly id?: string;
      readonly selfUri?: string;
    };
    readonly destination?: {
      readonly userId?: string;
      readonly address?: string;
    };
  }[];
  readonly recordingState?: string;
  readonly address?: string;
  readonly externalTag?: string;
  readonly utilizationLabelId?: string;
  readonly accessAttributes?: readonly string[];
  readonly securePause?: boolean;
  readonly inactivityTimeout?: string;
  readonly associatedConversation?: {
    readonly id?: string;
    readonly selfUri?: string;
  };
  readonly consultationConversations?: readonly {
    readonly id?: string;
    readonly selfUri?: string;
  }[];
  readonly divisions?: readonly {
    readonly division?: {
      readonly id?: string;
      readonly selfUri?: string;
    };
    readonly entities?: readonly {
      readonly id?: string;
      readonly selfUri?: string;
      readonly dateDivisionUpdated?: string;
    }[];
  }[];
}
