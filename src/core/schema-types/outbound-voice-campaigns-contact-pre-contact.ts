/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.outbound.voice.campaigns.contact.preContact/v1.json: A campaign is about to try a contact by a call.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface OutboundVoiceCampaignsContactPreContact {
  readonly dialingMode?: 'UNKNOWN' | 'PREVIEW' | 'POWER' | 'PREDICTIVE' | 'AGENTLESS' | 'EXTERNAL' | 'PROGRESSIVE';
  readonly eventTime?: number;
  readonly voiceAttributes?: {
    readonly contactPhoneType?: 'UNKNOWN' | 'CELL' | 'DAYTIME' | 'EVENING' | 'HOME' | 'WORK';
    readonly contactPhoneNumber?: string;
    readonly callerIdPhoneNumber?: string;
    readonly callerIdName?: string;
    readonly agentOwnedColumnName?: string;
    readonly previewModeColumnName?: string;
    readonly isDeliveredAsPreview?: boolean;
  };
  readonly wrapupCode?: string;
  readonly outboundCampaignId?: string;
  readonly agentScriptId?: string;
  readonly divisionId?: string;
  readonly outboundContactListId?: string;
  readonly outboundContactListFilterId?: string;
  readonly outboundQueueId?: string;
  readonly outboundContactId?: string;
  readonly isCampaignAlwaysRunning?: boolean;
  readonly isCampaignSkillBased?: boolean;
  readonly isCampaignDynamicSorting?: boolean;
  readonly isCampaignDynamicFiltering?: boolean;
  readonly outboundCampaignHealthMask?: number;
  readonly isReCall?: boolean;
  readonly scheduledDateTime?: string;
  readonly isFinal?: boolean;
  readonly conversationId?: string;
}
