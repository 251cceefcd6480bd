import type { CanonicalEvent } from '../event';
import { isObject, type JsonObject, textOrNull } from '../json';
import type { SessionFamily, TransferKind } from '../record';
import { type DurationFields, lowerOrNull, readDurations, textsIn } from './body-reader';
import { type Facts, type Mapper, noFacts, type SessionMoment } from './facts';

/*
 * The real feed: one mapper per topic family. Field names are Genesys's; what an event repeats of the common fields is read
 * from every event, because metadata is merged from all of them.
 */

const readCommon = ({ body }: CanonicalEvent): Facts => ({
  ...noFacts,
  mediaType: lowerOrNull(body['mediaType']),
  direction: lowerOrNull(body['direction']),
  caller: textOrNull(body['ani']),
  callee: textOrNull(body['dnis']),
  userId: textOrNull(body['userId']),
  queueId: textOrNull(body['queueId']),
  flowId: textOrNull(body['flowId']),
  skillIds: textsIn(body['requestedRoutingSkillIds']),
  externalContactId: textOrNull(body['externalContactId']),
  conversationContactIds: textsIn(body['conversationExternalContactIds']),
});

const rawFields = [
  ...['mediaType', 'messageType', 'direction', 'provider', 'disconnectType', 'acdOutcome', 'usedRouting', 'requestedRoutings'],
  ...['flowType', 'flowVersion', 'exitReason', 'transferType'],
  ...['ani', 'dnis', 'addressFrom', 'addressTo', 'callbackNumbers'],
] as const;

const readRaw = (body: JsonObject): JsonObject =>
  Object.fromEntries(
    rawFields.flatMap((field) => (body[field] === undefined || body[field] === null ? [] : [[field, body[field]]])),
  );

/** An event without a session id belongs to no session that could be waited for. */
const readMoment = (event: CanonicalEvent, family: SessionFamily): SessionMoment | null =>
  event.sessionId === null
    ? null
    : {
        family,
        sessionId: event.sessionId,
        moment: event.type.endsWith('.end') ? 'end' : 'start',
        raw: readRaw(event.body),
      };

const sessionMapper =
  (family: SessionFamily, durationFields: DurationFields = {}): Mapper =>
  (event) => ({
    ...readCommon(event),
    session: readMoment(event, family),
    disconnectType: lowerOrNull(event.body['disconnectType']),
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

const mapUser: Mapper = (event) => {
  const facts = mapUserSession(event);
  return { ...facts, transfer: event.type === 'user.end' ? transferOf(facts.disconnectType) : null };
};

const mapAcdSession = sessionMapper('acd', { connectedDurationMs: 'queueWait' });

const mapAcd: Mapper = (event) => ({
  ...mapAcdSession(event),
  abandoned: event.type === 'acd.end' && lowerOrNull(event.body['acdOutcome']) === 'abandon',
});

const mapAfterCallWork: Mapper = (event) => ({
  ...readCommon(event),
  isAfterCallWork: true,
  wrapUpCode: textOrNull(event.body['wrapupCode']),
  ...readDurations(event, event.body, { wrapupDurationMs: 'afterCallWork' }),
});

/** Set by a flow or a queue, not by an agent: its code counts, its duration is nobody's work. */
const mapWrapup: Mapper = (event) => ({ ...readCommon(event), wrapUpCode: textOrNull(event.body['wrapupCode']) });

const mapOutbound: Mapper = (event) => ({
  ...readCommon(event),
  campaignId: textOrNull(event.body['outboundCampaignId']),
});

const mapAttributes: Mapper = (event) => ({
  ...readCommon(event),
  attributes: isObject(event.body['attributes']) ? event.body['attributes'] : {},
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
} as const satisfies Record<string, Mapper>;
