/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { ConversationEnd } from './conversation-end';
import type { DetailEnvelopeConversationState } from './detail-envelope-conversation-state';
import type { DetailEnvelopeConversationStateUpdated } from './detail-envelope-conversation-state-updated';
import type { DetailEnvelopeParticipantAdded } from './detail-envelope-participant-added';
import type { DetailEnvelopeVoiceCallConnected } from './detail-envelope-voice-call-connected';
import type { DetailEnvelopeVoiceCallTransferred } from './detail-envelope-voice-call-transferred';
import type { EnvelopeBareDetail } from './envelope-bare-detail';
import type { EnvelopeConversationEnd } from './envelope-conversation-end';
import type { EnvelopeDetail } from './envelope-detail';
import type { EnvelopeEventbridge } from './envelope-eventbridge';
import type { EnvelopeLambdaFailure } from './envelope-lambda-failure';
import type { EnvelopeSns } from './envelope-sns';
import type { TidemarkEvent } from './tidemark-event';
import type { TidemarkExecutionInput } from './tidemark-execution-input';
import type { TidemarkRecord } from './tidemark-record';
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

/** The newest version of every subject of the registry. */
export interface SubjectTypes {
  readonly 'conversation.end': ConversationEnd;
  readonly 'detail-envelope.conversation.state': DetailEnvelopeConversationState;
  readonly 'detail-envelope.conversation.state.updated': DetailEnvelopeConversationStateUpdated;
  readonly 'detail-envelope.participant.added': DetailEnvelopeParticipantAdded;
  readonly 'detail-envelope.voice.call.connected': DetailEnvelopeVoiceCallConnected;
  readonly 'detail-envelope.voice.call.transferred': DetailEnvelopeVoiceCallTransferred;
  readonly 'envelope.bare-detail': EnvelopeBareDetail;
  readonly 'envelope.conversation-end': EnvelopeConversationEnd;
  readonly 'envelope.detail': EnvelopeDetail;
  readonly 'envelope.eventbridge': EnvelopeEventbridge;
  readonly 'envelope.lambda-failure': EnvelopeLambdaFailure;
  readonly 'envelope.sns': EnvelopeSns;
  readonly 'tidemark.event': TidemarkEvent;
  readonly 'tidemark.execution-input': TidemarkExecutionInput;
  readonly 'tidemark.record': TidemarkRecord;
  readonly 'v2.detail.events.conversation.acd.end': AcdEnd;
  readonly 'v2.detail.events.conversation.acd.start': AcdStart;
  readonly 'v2.detail.events.conversation.acw': Acw;
  readonly 'v2.detail.events.conversation.attributes': Attributes;
  readonly 'v2.detail.events.conversation.contact': Contact;
  readonly 'v2.detail.events.conversation.customer.end': CustomerEnd;
  readonly 'v2.detail.events.conversation.customer.start': CustomerStart;
  readonly 'v2.detail.events.conversation.flow.end': FlowEnd;
  readonly 'v2.detail.events.conversation.flow.outcome': FlowOutcome;
  readonly 'v2.detail.events.conversation.flow.start': FlowStart;
  readonly 'v2.detail.events.conversation.outbound': Outbound;
  readonly 'v2.detail.events.conversation.user.end': UserEnd;
  readonly 'v2.detail.events.conversation.user.start': UserStart;
  readonly 'v2.detail.events.conversation.voicemail.end': VoicemailEnd;
  readonly 'v2.detail.events.conversation.voicemail.start': VoicemailStart;
  readonly 'v2.detail.events.conversation.wrapup': Wrapup;
}
