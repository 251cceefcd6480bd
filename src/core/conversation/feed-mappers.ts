import { isObject, type Json, type JsonObject, textOrNull } from '../json';
import type { TransferKind } from '../record';
import type { MapperBodies } from '../schema-types/mapper-bodies';
import type { EventWith, FieldOf, Fields } from './body-fields';
import { type DurationFields, lowerOrNull, readDurations, textsIn } from './body-reader';
import { type Facts, noFacts, type SessionMoment } from './facts';

/*
 * The real feed: one mapper per topic family. Field names are Genesys's; what an event repeats of the common fields is read
 * from every event, because metadata is merged from all of them.
 */

type Bodies = MapperBodies['genesys'];
type FeedEvent<Name extends keyof Bodies = keyof Bodies> = EventWith<Bodies[Name]>;
type Session = 'customer' | 'flow' | 'acd' | 'user' | 'voicemail';

const readCommon = ({ body }: FeedEvent): Facts => ({
  ...noFacts,
  mediaType: lowerOrNull(body.mediaType),
  direction: lowerOrNull(body.direction),
  caller: textOrNull(body.ani),
  callee: textOrNull(body.dnis),
  userId: textOrNull(body.userId),
  queueId: textOrNull(body.queueId),
  flowId: textOrNull(body.flowId),
  skillIds: textsIn(body.requestedRoutingSkillIds),
  externalContactId: textOrNull(body.externalContactId),
  conversationContactIds: textsIn(body.conversationExternalContactIds),
});

const rawFields = [
  ...['mediaType', 'messageType', 'direction', 'provider', 'disconnectType', 'acdOutcome', 'usedRouting', 'requestedRoutings'],
  ...['flowType', 'flowVersion', 'exitReason', 'transferType'],
  ...['ani', 'dnis', 'addressFrom', 'addressTo', 'callbackNumbers'],
] as const satisfies readonly FieldOf<Bodies[Session]>[];

const readRaw = (body: Fields<Bodies[Session]>): JsonObject => {
  const raw: Partial<Record<(typeof rawFields)[number], Json>> = {};
  for (const field of rawFields) {
    const value = body[field] ?? null;
    if (value !== null) raw[field] = value;
  }
  return raw;
};

/** An event without a session id belongs to no session that could be waited for. */
const readMoment = (event: FeedEvent<Session>, family: Session): SessionMoment | null =>
  event.sessionId === null
    ? null
    : {
        family,
        sessionId: event.sessionId,
        moment: event.type.endsWith('.end') ? 'end' : 'start',
        raw: readRaw(event.body),
      };

const sessionMapper =
  <Family extends Session>(family: Family, durationFields: DurationFields<FieldOf<Bodies[Family]>> = {}) =>
  (event: FeedEvent<Session>): Facts => ({
    ...readCommon(event),
    session: readMoment(event, family),
    disconnectType: lowerOrNull(event.body.disconnectType),
    ...readDurations(event, event.body, durationFields),
  });

const transferKinds: ReadonlyMap<string, TransferKind> = new Map([
  ['transfer', 'blind'],
  ['consult_transfer', 'consult'],
  ['conference_transfer', 'conference'],
  ['forward_transfer', 'forward'],
  ['no_answer_transfer', 'noAnswer'],
  ['not_available_transfer', 'notAvailable'],
  ['dnd_transfer', 'doNotDisturb'],
]);

/** Genesys adds a disconnect type about once a year: one that is unknown and ends so is a transfer, too. */
const transferOf = (disconnectType: string | null): TransferKind | null =>
  disconnectType?.endsWith('transfer') ? (transferKinds.get(disconnectType) ?? 'other') : null;

const mapUserSession = sessionMapper('user', {
  interactingDurationMs: 'talk',
  heldDurationMs: 'hold',
  alertingDurationMs: 'alert',
  dialingDurationMs: 'dialing',
  contactingDurationMs: 'contacting',
});

const mapUser = (event: FeedEvent<'user'>): Facts => {
  const facts = mapUserSession(event);
  return { ...facts, transfer: event.type === 'user.end' ? transferOf(facts.disconnectType) : null };
};

const mapAcdSession = sessionMapper('acd', { connectedDurationMs: 'queueWait' });

const mapAcd = (event: FeedEvent<'acd'>): Facts => ({
  ...mapAcdSession(event),
  abandoned: event.type === 'acd.end' && lowerOrNull(event.body.acdOutcome) === 'abandon',
});

const mapAfterCallWork = (event: FeedEvent<'acw'>): Facts => ({
  ...readCommon(event),
  isAfterCallWork: true,
  wrapUpCode: textOrNull(event.body.wrapupCode),
  ...readDurations(event, event.body, { wrapupDurationMs: 'afterCallWork' }),
});

/** Set by a flow or a queue, not by an agent: its code counts, its duration is nobody's work. */
const mapWrapup = (event: FeedEvent<'wrapup'>): Facts => ({
  ...readCommon(event),
  wrapUpCode: textOrNull(event.body.wrapupCode),
});

const mapOutbound = (event: FeedEvent<'outbound'>): Facts => ({
  ...readCommon(event),
  campaignId: textOrNull(event.body.outboundCampaignId),
});

const mapAttributes = (event: FeedEvent<'attributes'>): Facts => ({
  ...readCommon(event),
  attributes: isObject(event.body.attributes) ? event.body.attributes : {},
});

export const feedMappers = {
  customer: sessionMapper('customer'),
  flow: sessionMapper('flow'),
  acd: mapAcd,
  user: mapUser,
  voicemail: sessionMapper('voicemail'),
  'flow-outcome': readCommon,
  contact: readCommon,
  acw: mapAfterCallWork,
  wrapup: mapWrapup,
  outbound: mapOutbound,
  attributes: mapAttributes,
} as const satisfies { readonly [Name in keyof Bodies]: (event: FeedEvent<Name>) => Facts };
