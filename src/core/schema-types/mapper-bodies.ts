/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { ConversationEnd } from './conversation-end';
import type { DetailEnvelopeConversationState } from './detail-envelope-conversation-state';
import type { DetailEnvelopeConversationStateUpdated } from './detail-envelope-conversation-state-updated';
import type { DetailEnvelopeParticipantAdded } from './detail-envelope-participant-added';
import type { DetailEnvelopeVoiceCallConnected } from './detail-envelope-voice-call-connected';
import type { DetailEnvelopeVoiceCallTransferred } from './detail-envelope-voice-call-transferred';
import type { TidemarkCorrection } from './tidemark-correction';
import type { AcdEnd } from './acd-end';
import type { AcdStart } from './acd-start';
import type { Acw } from './acw';
import type { Attributes } from './attributes';
import type { Contact } from './contact';
import type { CustomerEnd } from './customer-end';
import type { CustomerStart } from './customer-start';
import type { FlowEnd } from './flow-end';
import type { FlowOutcome } from './flow-outcome';
import type { FlowStart } from './flow-start';
import type { Outbound } from './outbound';
import type { UserEnd } from './user-end';
import type { UserStart } from './user-start';
import type { VoicemailEnd } from './voicemail-end';
import type { VoicemailStart } from './voicemail-start';
import type { Wrapup } from './wrapup';

/** What each mapper is given: the events of the subjects that name it. */
export interface MapperBodies {
  readonly 'conversation-end': {
    readonly 'end-mark': ConversationEnd;
  };
  readonly 'detail-envelope': {
    readonly 'detail-participant': DetailEnvelopeParticipantAdded;
    readonly 'detail-state': DetailEnvelopeConversationState;
    readonly 'detail-state-updated': DetailEnvelopeConversationStateUpdated;
    readonly 'detail-voice': DetailEnvelopeVoiceCallConnected | DetailEnvelopeVoiceCallTransferred;
  };
  readonly genesys: {
    readonly acd: AcdEnd | AcdStart;
    readonly acw: Acw;
    readonly attributes: Attributes;
    readonly contact: Contact;
    readonly customer: CustomerEnd | CustomerStart;
    readonly flow: FlowEnd | FlowStart;
    readonly 'flow-outcome': FlowOutcome;
    readonly outbound: Outbound;
    readonly user: UserEnd | UserStart;
    readonly voicemail: VoicemailEnd | VoicemailStart;
    readonly wrapup: Wrapup;
  };
  readonly tidemark: {
    readonly correction: TidemarkCorrection;
  };
}
