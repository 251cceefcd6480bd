/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.outbound.whatsapp.campaigns.contact.preContact/v1.json: A campaign is about to try a contact by a WhatsApp message.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface OutboundWhatsappCampaignsContactPreContact {
  readonly outboundCampaignType?: 'UNKNOWN' | 'EMAIL' | 'SMS' | 'WHATSAPP';
  readonly wrapupCode?:
    | 'UNKNOWN'
    | 'ININ_OUTBOUND_NUMBERS_INVALID'
    | 'ININ_OUTBOUND_INTERNAL_ERROR_SKIPPED'
    | 'ININ_OUTBOUND_DNC_SKIPPED'
    | 'ININ_OUTBOUND_ZONE_BLOCKED_SKIPPED'
    | 'OUTBOUND_CONTACT_UNCONTACTABLE_SKIPPED'
    | 'OUTBOUND_NUMBER_UNCONTACTABLE_SKIPPED'
    | 'OUTBOUND_INVALID_PHONE_NUMBER'
    | 'ININ_OUTBOUND_DNC_AUTHENTICATION_FAILED'
    | 'ININ_OUTBOUND_ON_DO_NOT_CALL_LIST'
    | 'OUTBOUND_MAX_MESSAGE_LENGTH_EXCEEDED'
    | 'OUTBOUND_STUCK_CONTACT'
    | 'OUTBOUND_MESSAGE_HEADER_PARAMETER_VALUE_TOO_LONG'
    | 'OUTBOUND_MESSAGE_BUTTON_URL_PARAMETER_VALUE_TOO_LONG'
    | 'OUTBOUND_RULE_ERROR_SKIPPED'
    | 'OUTBOUND_RULE_SKIPPED'
    | 'OUTBOUND_CONTACT_ADDRESS_UNCONTACTABLE_SKIPPED'
    | 'ININ_OUTBOUND_NOT_CALLABLE_TIME'
    | 'OUTBOUND_MESSAGE_BODY_PARAMETER_VALUE_TOO_LONG'
    | 'OUTBOUND_INVALID_CONTENT_TEMPLATE'
    | 'OUTBOUND_CONTENT_TEMPLATE_NOT_AUTHORIZED';
  readonly eventTime?: number;
  readonly whatsAppAttributes?: {
    readonly contactPhoneNumber?: string;
    readonly contactWhatsAppColumnName?: string;
    readonly whatsAppIntegrationId?: string;
  };
  readonly outboundCampaignId?: string;
  readonly divisionId?: string;
  readonly contentTemplateId?: string;
  readonly outboundContactListId?: string;
  readonly outboundContactId?: string;
  readonly isCampaignAlwaysRunning?: boolean;
}
