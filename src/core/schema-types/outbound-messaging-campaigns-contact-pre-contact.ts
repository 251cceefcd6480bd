/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.outbound.messaging.campaigns.contact.preContact/v1.json: A campaign is about to try a contact by a text message.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface OutboundMessagingCampaignsContactPreContact {
  readonly outboundCampaignType?: 'UNKNOWN' | 'EMAIL' | 'SMS' | 'WHATSAPP';
  readonly wrapupCode?:
    | 'UNKNOWN'
    | 'ININ_OUTBOUND_NUMBERS_INVALID'
    | 'ININ_OUTBOUND_CONTACT_ATTEMPT_LIMIT_SKIPPED'
    | 'ININ_OUTBOUND_INTERNAL_ERROR_SKIPPED'
    | 'ININ_OUTBOUND_DNC_SKIPPED'
    | 'ININ_OUTBOUND_ZONE_BLOCKED_SKIPPED'
    | 'OUTBOUND_MESSAGE_BLANK'
    | 'OUTBOUND_RULE_ERROR_SKIPPED'
    | 'OUTBOUND_RULE_SKIPPED'
    | 'OUTBOUND_CONTACT_UNCONTACTABLE_SKIPPED'
    | 'OUTBOUND_NUMBER_UNCONTACTABLE_SKIPPED'
    | 'OUTBOUND_CONTACT_ADDRESS_UNCONTACTABLE_SKIPPED'
    | 'OUTBOUND_INVALID_PHONE_NUMBER'
    | 'ININ_OUTBOUND_DNC_AUTHENTICATION_FAILED'
    | 'ININ_OUTBOUND_DNC_INVALID_PHONE_NUMBER'
    | 'ININ_OUTBOUND_AUTOMATIC_TIMEZONE_BLOCKED'
    | 'ININ_OUTBOUND_NUMBER_ATTEMPT_LIMIT_SKIPPED'
    | 'ININ_OUTBOUND_ON_DO_NOT_CALL_LIST'
    | 'ININ_OUTBOUND_NOT_CALLABLE_TIME'
    | 'OUTBOUND_MAX_MESSAGE_LENGTH_EXCEEDED'
    | 'OUTBOUND_STUCK_CONTACT'
    | 'OUTBOUND_INVALID_CONTENT_TEMPLATE'
    | 'OUTBOUND_CONTENT_TEMPLATE_NOT_AUTHORIZED';
  readonly eventTime?: number;
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
