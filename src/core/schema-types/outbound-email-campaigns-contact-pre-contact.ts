/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.outbound.email.campaigns.contact.preContact/v1.json: A campaign is about to try a contact by an e-mail.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface OutboundEmailCampaignsContactPreContact {
  readonly outboundCampaignType?: 'UNKNOWN' | 'EMAIL' | 'SMS' | 'WHATSAPP';
  readonly wrapupCode?:
    | 'UNKNOWN'
    | 'OUTBOUND_EMAILS_INVALID_SKIPPED'
    | 'OUTBOUND_INVALID_EMAIL_ADDRESS'
    | 'OUTBOUND_MAX_EMAIL_SUBJECT_LENGTH_EXCEEDED'
    | 'OUTBOUND_MAX_EMAIL_BODY_LENGTH_EXCEEDED'
    | 'OUTBOUND_RULE_ERROR_SKIPPED'
    | 'OUTBOUND_RULE_SKIPPED'
    | 'OUTBOUND_CONTACT_UNCONTACTABLE_SKIPPED'
    | 'OUTBOUND_NUMBER_UNCONTACTABLE_SKIPPED'
    | 'OUTBOUND_CONTACT_ADDRESS_UNCONTACTABLE_SKIPPED'
    | 'ININ_OUTBOUND_ZONE_BLOCKED_SKIPPED'
    | 'ININ_OUTBOUND_DNC_SKIPPED'
    | 'ININ_OUTBOUND_INTERNAL_ERROR_SKIPPED'
    | 'ININ_OUTBOUND_ON_DO_NOT_CALL_LIST'
    | 'ININ_OUTBOUND_NOT_CALLABLE_TIME'
    | 'OUTBOUND_STUCK_CONTACT'
    | 'OUTBOUND_CONTACT_DOMAIN_BLOCKED'
    | 'OUTBOUND_INVALID_CONTENT_TEMPLATE'
    | 'OUTBOUND_CONTENT_TEMPLATE_NOT_AUTHORIZED';
  readonly eventTime?: number;
  readonly emailAttributes?: {
    readonly emailSubject?: string;
    readonly configuredEmailAddress?: string;
    readonly contactEmailAddress?: string;
    readonly replyToAddress?: string;
    readonly contactEmailColumnName?: string;
  };
  readonly outboundCampaignId?: string;
  readonly divisionId?: string;
  readonly contentTemplateId?: string;
  readonly outboundContactListId?: string;
  readonly outboundContactId?: string;
  readonly isCampaignAlwaysRunning?: boolean;
}
