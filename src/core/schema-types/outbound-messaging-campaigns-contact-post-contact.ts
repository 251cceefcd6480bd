/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.outbound.messaging.campaigns.contact.postContact/v1.json: A campaign has tried a contact by a text message.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface OutboundMessagingCampaignsContactPostContact {
  readonly outboundCampaignType?: 'UNKNOWN' | 'EMAIL' | 'SMS' | 'WHATSAPP';
  readonly wrapupCode?:
    | 'UNKNOWN'
    | 'OUTBOUND_MESSAGE_SENT'
    | 'OUTBOUND_MESSAGE_FAILED'
    | 'OUTBOUND_MESSAGE_THROTTLED'
    | 'OUTBOUND_MESSAGE_AMBIGUOUS'
    | 'ININ_OUTBOUND_CAMPAIGN_FORCED_OFF';
  readonly eventTime?: number;
  readonly conversationId?: string;
  readonly smsAttributes?: {
    readonly contactPhoneNumber?: string;
    readonly contactPhoneNumberColumnName?: string;
    readonly configuredSenderPhoneNumber?: string;
    readonly senderPhoneNumber?: string;
  };
  readonly outboundCampaignId?: string;
  readonly divisionId?: string;
  readonly contentTemplateId?: string;
  readonly outboundContactListId?: string;
  readonly outboundContactId?: string;
  readonly isCampaignAlwaysRunning?: boolean;
}
