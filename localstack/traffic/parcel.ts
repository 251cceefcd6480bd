import type { Chance } from './chance';
import { carry, endMarkEvent, genesysEvent, type EventBridgeEvent } from './genesys-events';
import { detailsPerEnvelope } from './envelope-truth';
import { envelopesOf, type Envelope, type EnvelopeScript } from './envelope-script';
import { momentsOf, type Moment } from './moments';
import type { Script } from './script';
import type { MessageKind, RejectionReason, Wave } from './traffic';

/** Something that the sender publishes once or more: each time the same facts, under new ids and a new time. */
export interface Parcel {
  readonly conversationId: string;
  readonly wave: Wave;
  readonly kind: Extract<MessageKind, 'good' | 'late' | 'reopening' | 'bad'>;
  readonly facts: readonly string[];
  /** `again` 0 is the first time. */
  readonly publish: (chance: Chance, again: number) => EventBridgeEvent | Readonly<Record<string, unknown>>;
  /** Its detail may travel alone, as a rule with an `InputPath` sends it: other parcels tell the organisation. */
  readonly mayTravelBare: boolean;
  readonly rejects?: { readonly reason: RejectionReason };
}

const hourMs = 3_600_000;

const kindOf = (wave: Wave, late: boolean): Parcel['kind'] => (wave === 1 ? 'good' : late ? 'late' : 'reopening');

/** Right away; or, after an outage, hours to days later; or, by a clock that is wrong, a minute before it happened. */
const publishedMs = (chance: Chance, at: number, kind: Parcel['kind']): number => {
  if (kind === 'late') return at + chance.between(4 * hourMs, 90 * hourMs);
  const isAhead = chance.happens(0.02) && at > 60_000;
  return isAhead ? at - 60_000 : at + chance.between(20, 400);
};

/** Neither the order of keys nor explicit nulls make another fact. */
const reworded = (event: EventBridgeEvent): EventBridgeEvent => {
  const { eventBody, ...detail } = event.detail;
  const reversed = Object.fromEntries(Object.entries({ ...(eventBody as object), neverSet: null }).reverse());
  return { ...event, detail: { ...detail, eventBody: reversed } };
};

const momentParcel = (script: Script, moment: Moment, index: number): Parcel => {
  const { conversationId, orgId } = script;
  const kind = kindOf(moment.wave, script.late);
  const isMark = moment.topic === 'conversation.end';
  return {
    conversationId,
    wave: moment.wave,
    kind,
    facts: [`${conversationId}#${index}`],
    publish: (chance, again) => {
      if (isMark) return endMarkEvent(chance, { conversationId, orgId }, moment.at);
      const event = genesysEvent(chance, script, moment, publishedMs(chance, moment.at, kind) + again * 1000);
      return again > 0 ? reworded(event) : event;
    },
    mayTravelBare: index > 0 && !isMark,
  };
};

export const parcelsOf = (script: Script): readonly Parcel[] =>
  momentsOf(script).map((moment, index) => momentParcel(script, moment, index));

const envelopeBody = (script: EnvelopeScript, { createdMs, details }: Envelope, again: number, extra: readonly unknown[]) => ({
  id: `subscription-${again}`,
  type: 'v2.detail.events.conversation',
  createdTimestamp: new Date(createdMs).toISOString(),
  data: {
    id: script.conversationId,
    type: script.media,
    createdTimestamp: new Date(script.tellings[0]!.at).toISOString(),
    updatedTimestamp: new Date(createdMs + again * 1000).toISOString(),
    details: [
      ...details.map(({ name, at, data }, index) => ({
        name,
        type: name,
        data,
        sequence: index + 1,
        timestamp: new Date(at).toISOString(),
      })),
      ...extra,
    ],
  },
  metadata: { source: 'genesyscloud', eventType: 'v2.detail.events.conversation' },
});

const unknownDetail = ({ createdMs, details }: Envelope) => ({
  name: 'voice:call:teleported',
  type: 'voice:call:teleported',
  data: {},
  sequence: details.length + 1,
  timestamp: new Date(createdMs).toISOString(),
});

const envelopeParcel = (script: EnvelopeScript, envelope: Envelope, index: number, spoilt: boolean): Parcel => {
  const { conversationId, orgId } = script;
  return {
    conversationId,
    wave: envelope.wave,
    kind: spoilt ? 'bad' : kindOf(envelope.wave, script.late),
    facts: envelope.details.map((_, at) => `${conversationId}#${index}.${at}`),
    publish: (chance, again) => {
      const detail = envelopeBody(script, envelope, again, spoilt ? [unknownDetail(envelope)] : []);
      if (orgId === null) return detail;
      return carry(chance, orgId, envelope.createdMs + again * 1000, { detailType: detail.type, detail });
    },
    mayTravelBare: false,
    ...(spoilt && { rejects: { reason: 'unknown-type' } }),
  };
};

/** `spoilt`: one envelope has an entry of unknown type among its good ones, which are admitted all the same. */
export const envelopeParcelsOf = (script: EnvelopeScript, spoilt: boolean): readonly Parcel[] =>
  envelopesOf(script, detailsPerEnvelope).map((envelope, index) =>
    envelopeParcel(script, envelope, index, spoilt && index === 0),
  );
