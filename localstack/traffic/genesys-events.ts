import type { Chance } from './chance';
import type { Moment } from './moments';
import type { Addresses, AgentLeg, CustomerLeg, FlowLeg, Leg, Note, QueueLeg, Script, VoicemailLeg } from './script';

/* Script to micro-event, in the shape that the real feed has: one event for each EventBridge message, fields by topic. */

type Body = Record<string, unknown>;

const provider = (leg: Leg): string =>
  ({
    VOICE: 'Edge',
    CALLBACK: 'PureCloud Callback',
    CHAT: 'PureCloud Webchat v2',
    MESSAGE: 'PureCloud Messaging',
    EMAIL: 'PureCloud Email',
  })[leg.media];

/** Flow, outbound and voicemail topics lack the callback fields, voicemail the digital ones, too. */
const addressesFor = (topic: string, all: Addresses): Body => {
  if (topic.startsWith('voicemail')) return only(all, ['ani', 'dnis']);
  const { callbackUserName, callbackNumbers, ...others } = all;
  const callback = { ...(callbackUserName && { callbackUserName }), ...(callbackNumbers && { callbackNumbers }) };
  return topic.startsWith('flow') || topic === 'outbound' ? others : { ...others, ...callback };
};

const only = (from: Addresses, fields: readonly (keyof Addresses)[]): Body =>
  Object.fromEntries(fields.filter((field) => from[field] !== undefined).map((field) => [field, from[field]]));

const common = (script: Script, moment: Moment, leg: Leg): Body => ({
  eventTime: moment.at,
  conversationId: script.conversationId,
  participantId: leg.participantId,
  sessionId: leg.sessionId,
  mediaType: leg.media,
  provider: provider(leg),
  direction: leg.direction,
  ...addressesFor(moment.topic, script.addresses),
  ...(script.contactIds.length > 0 && { conversationExternalContactIds: script.contactIds }),
  utilizationLabel: 'label-default',
});

const customerFields = (leg: CustomerLeg, ends: boolean): Body => ({
  ...(leg.externalContactId && { externalContactId: leg.externalContactId }),
  ...(ends && { disconnectType: leg.disconnect, interactingDurationMs: (leg.to ?? leg.from) - leg.from }),
});

const flowFields = (leg: FlowLeg, ends: boolean): Body => ({
  flowType: leg.flowType,
  flowId: leg.flowId,
  flowVersion: '7.0',
  ...(ends && {
    disconnectType: leg.disconnect,
    connectedDurationMs: (leg.to ?? leg.from) - leg.from,
    exitReason: leg.disconnect === 'TRANSFER' ? 'TRANSFER' : 'DISCONNECT',
    ...(leg.disconnect === 'TRANSFER' && { transferType: 'ACD' }),
  }),
});

const queueFields = (leg: QueueLeg, ends: boolean): Body => ({
  queueId: leg.queueId,
  ...(leg.skillIds.length > 0 && { requestedRoutingSkillIds: leg.skillIds }),
  ...(!ends && { routingPriority: 0, skillExpressionApplied: false }),
  ...(ends && {
    disconnectType: leg.disconnect,
    acdOutcome: leg.outcome,
    usedRouting: leg.outcome === 'ANSWERED' ? 'STANDARD' : 'UNKNOWN',
    requestedRoutings: ['STANDARD'],
    ...(leg.answeredBy && { answeredUserId: leg.answeredBy }),
    ...(leg.toldWaitMs !== null && { connectedDurationMs: leg.toldWaitMs }),
  }),
});

const agentFields = (leg: AgentLeg, ends: boolean): Body => {
  const { alertMs, dialMs, contactMs, talkMs, holdMs, callbackMs } = leg.times;
  return {
    userId: leg.userId,
    ...(leg.queueId && { queueId: leg.queueId }),
    ...(ends && {
      disconnectType: leg.disconnect,
      ...(alertMs !== null && { alertingDurationMs: alertMs }),
      ...(dialMs !== null && { dialingDurationMs: dialMs }),
      ...(contactMs !== null && { contactingDurationMs: contactMs }),
      ...(talkMs !== null && { interactingDurationMs: talkMs }),
      ...(holdMs !== null && { heldDurationMs: holdMs }),
      ...(callbackMs !== null && { callbackDurationMs: callbackMs }),
    }),
  };
};

const voicemailFields = (leg: VoicemailLeg, ends: boolean): Body => ({
  queueId: leg.queueId,
  ...(ends && { disconnectType: leg.disconnect, voicemailDurationMs: (leg.to ?? leg.from) - leg.from }),
});

const legFields = (leg: Leg, ends: boolean): Body => {
  switch (leg.kind) {
    case 'customer':
      return customerFields(leg, ends);
    case 'flow':
      return flowFields(leg, ends);
    case 'acd':
      return queueFields(leg, ends);
    case 'user':
      return agentFields(leg, ends);
    case 'voicemail':
      return voicemailFields(leg, ends);
  }
};

const afterCallWorkFields = (leg: AgentLeg): Body => ({
  userId: leg.userId,
  ...(leg.queueId && { queueId: leg.queueId }),
  wrapupCode: leg.work?.code,
  wrapupNotes: leg.work?.notes,
  wrapupDurationMs: leg.work?.durationMs,
});

const noteBody = (script: Script, moment: Moment, note: Exclude<Note, { kind: 'end-mark' }>): Body => {
  const { at } = note;
  switch (note.kind) {
    case 'attributes':
      return {
        eventTime: at,
        conversationId: script.conversationId,
        participantId: note.participantId,
        organizationId: script.orgId,
        attributes: Object.fromEntries(note.attributes),
      };
    case 'contact':
      return { ...common(script, moment, note.leg), externalContactId: note.externalContactId, divisionId: script.divisionId };
    case 'flow.outcome':
      return {
        ...common(script, moment, note.leg),
        ...flowFields(note.leg, false),
        flowOutcomeId: note.outcomeId,
        flowOutcomeStartTime: note.leg.from,
        flowOutcomeEndTime: note.leg.to,
        flowOutcomeValue: 'SUCCESS',
      };
    case 'outbound':
      return {
        ...common(script, moment, note.leg),
        outboundCampaignId: note.campaignId,
        outboundContactListId: `list-of-${note.campaignId}`,
        outboundContactId: note.contact,
      };
    case 'wrapup':
      return {
        ...common(script, moment, note.leg),
        queueId: note.leg.queueId,
        wrapupCode: note.code,
        wrapupNotes: note.notes,
        wrapupDurationMs: note.durationMs,
      };
  }
};

const legBody = (script: Script, moment: Moment, leg: Leg): Body => {
  const base = { ...common(script, moment, leg) };
  if (moment.topic === 'acw' && leg.kind === 'user') return { ...base, ...afterCallWorkFields(leg) };
  return { ...base, ...legFields(leg, moment.topic.endsWith('.end')), divisionId: script.divisionId };
};

const eventBody = (script: Script, moment: Moment): Body => {
  if ('leg' in moment.of) return legBody(script, moment, moment.of.leg);
  const { note } = moment.of;
  if (note.kind === 'end-mark') throw new Error('Expected a topic of the real feed, got an end mark: it has a format of its own');
  return noteBody(script, moment, note);
};

/** In the order in which EventBridge writes it. */
export type EventBridgeEvent = Readonly<
  Record<'version' | 'id' | 'detail-type' | 'source' | 'account' | 'time' | 'region', string> & {
    resources: readonly string[];
    detail: Body;
  }
>;

/** EventBridge's own part of a message: a new id, and its time in whole seconds. */
export const carry = (
  chance: Chance,
  orgId: string,
  atMs: number,
  content: { detailType: string; detail: Body },
): EventBridgeEvent => ({
  version: '0',
  id: chance.uuid(),
  'detail-type': content.detailType,
  source: `aws.partner/genesys.com/cloud/${orgId}/tidemark-demo`,
  account: '123456789012',
  time: new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z'),
  region: 'us-east-1',
  resources: [],
  detail: content.detail,
});

const topicRoot = 'v2.detail.events.conversation';

/** Published again, the event body is the same, and everything around it is new. */
export const genesysEvent = (chance: Chance, script: Script, moment: Moment, publishedMs: number): EventBridgeEvent =>
  carry(chance, script.orgId, publishedMs + chance.between(5, 900), {
    detailType: `${topicRoot}.{id}.${moment.topic}`,
    detail: {
      topicName: `${topicRoot}.${script.conversationId}.${moment.topic}`,
      version: '2',
      eventBody: eventBody(script, moment),
      metadata: { CorrelationId: chance.uuid() },
      timestamp: new Date(publishedMs).toISOString(),
    },
  });

/** Seed 000's end mark. Its time is in the detail, so that publishing it again changes nothing that counts. */
export const endMarkEvent = (
  chance: Chance,
  conversation: { conversationId: string; orgId: string },
  at: number,
): EventBridgeEvent =>
  carry(chance, conversation.orgId, at, {
    detailType: 'conversation.end',
    detail: { conversationId: conversation.conversationId, timestamp: new Date(at).toISOString() },
  });
