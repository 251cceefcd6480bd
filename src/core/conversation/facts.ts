import type { CanonicalEvent } from '../event';
import type { JsonObject } from '../json';
import type { Anomaly, ConversationState, SessionFamily, TransferKind } from '../record';

/** What durations are called once they are whole milliseconds, whatever format they came in. */
export type DurationName = 'talk' | 'hold' | 'alert' | 'dialing' | 'contacting' | 'queueWait' | 'afterCallWork' | 'conversation';

/**
 * What one event says, in Tidemark's words: enums in lower case, whole milliseconds, null for absent. A mapper makes it from
 * one event alone; everything that needs more than one event is done with these.
 */
export interface Facts {
  /** Set by the events that start or end a session. Others name a session they belong to, and make none. */
  readonly session: SessionMoment | null;
  readonly mediaType: string | null;
  readonly direction: string | null;
  /** As sent; the record strips the scheme. */
  readonly caller: string | null;
  readonly callee: string | null;
  readonly disconnectType: string | null;
  readonly userId: string | null;
  readonly queueId: string | null;
  readonly flowId: string | null;
  readonly campaignId: string | null;
  readonly wrapUpCode: string | null;
  readonly skillIds: readonly string[];
  /** Of the event's own participant. */
  readonly externalContactId: string | null;
  /** Of anybody in the conversation. */
  readonly conversationContactIds: readonly string[];
  readonly attributes: JsonObject;
  readonly transfer: TransferKind | null;
  readonly abandoned: boolean;
  /** An agent's work after the customer has gone is done. */
  readonly isAfterCallWork: boolean;
  /** An explicit word that the conversation is over. */
  readonly isEndMark: boolean;
  /** Status of a `conversation:state`. */
  readonly status: string | null;
  /** The state that the event itself enters; those of the real feed follow from sessions. */
  readonly state: ConversationState | null;
  readonly durations: Readonly<Partial<Record<DurationName, number>>>;
  readonly anomalies: readonly Anomaly[];
}

export interface SessionMoment {
  readonly family: SessionFamily;
  readonly sessionId: string;
  readonly moment: 'start' | 'end';
  /** Enums and addresses as sent. */
  readonly raw: JsonObject;
}

export interface MappedEvent {
  readonly event: CanonicalEvent;
  readonly facts: Facts;
}

export type Mapper = (event: CanonicalEvent) => Facts;

export const noFacts: Facts = {
  session: null,
  mediaType: null,
  direction: null,
  caller: null,
  callee: null,
  disconnectType: null,
  userId: null,
  queueId: null,
  flowId: null,
  campaignId: null,
  wrapUpCode: null,
  skillIds: [],
  externalContactId: null,
  conversationContactIds: [],
  attributes: {},
  transfer: null,
  abandoned: false,
  isAfterCallWork: false,
  isEndMark: false,
  status: null,
  state: null,
  durations: {},
  anomalies: [],
};
