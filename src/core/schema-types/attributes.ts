/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.conversation.attributes/v4.json: Participant attributes change. Keys are free text. Has neither sessionId nor mediaType.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface Attributes {
  readonly eventTime: number;
  readonly conversationId: string;
  readonly participantId?: string;
  readonly attributes?: {
    readonly [k: string]: string;
  };
  readonly conversationExternalContactIds?: readonly string[];
  readonly conversationExternalOrganizationIds?: readonly string[];
  readonly communications?: readonly {
    readonly mediaType?:
      | 'UNKNOWN'
      | 'VOICE'
      | 'CHAT'
      | 'EMAIL'
      | 'CALLBACK'
      | 'COBROWSE'
      | 'VIDEO'
      | 'SCREENSHARE'
      | 'MESSAGE'
      | 'INTERNALMESSAGE'
      | 'SCREENMONITORING';
    readonly id?: string;
  }[];
  readonly organizationId?: string;
}
