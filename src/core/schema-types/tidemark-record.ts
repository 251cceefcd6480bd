/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { JsonObject } from '../json';

/** schemas/tidemark.record/v3.json: What is stored, published and handed off. */
export interface TidemarkRecord {
  /** Layout of the record itself; grows only when a field changes its meaning. */
  readonly layout: 1;
  /** The conversation, as its sender calls it. Need not be a UUID. */
  readonly conversationId: string;
  /** The Genesys organisation; null where no carrier named it. */
  readonly orgId: string | null;
  /** Time-ordered id of the window; a conversation gets another one only if it comes back after retention. (conversationId, life, revision) is the key of a record for ever: deduplicate by it and keep the highest. */
  readonly life: string;
  /** Counts from 1 within a life. */
  readonly revision: number;
  /** early: before the window closed, on request; on_time: its first close; late: after events that came later. */
  readonly pane: 'early' | 'on_time' | 'late';
  /** final: the conversation is complete; partial: `missing` says what is not there. */
  readonly status: 'partial' | 'final';
  /** The revision that this one replaces; null for the first. */
  readonly supersedes: number | null;
  /** Names of the fields that differ from the revision it replaces, sorted; empty for the first. */
  readonly changed: readonly string[];
  /** Hash of what the events say: the same events give the same hash, in whatever order and however often they came. */
  readonly contentHash: string;
  /** What a whole record would have, sorted: customer-end, session-end:<id>, start, acw, expired-history. */
  readonly missing: readonly string[];
  /** What looked wrong in the events, without stopping us. */
  readonly anomalies: readonly {
    /** What sort of trouble. */
    readonly kind:
      | 'illegal-transition'
      | 'sequence-gap'
      | 'sequence-repeat'
      | 'conflict'
      | 'impossible-duration'
      | 'impossible-time'
      | 'unreadable-event';
    /** What was expected and what came; names events by type and time. */
    readonly detail: string;
  }[];
  /** Which schemas and mappers made this record. */
  readonly producedBy: {
    /** Subject to the schema versions that its events were validated by. */
    readonly subjects: {
      readonly [k: string]: readonly number[];
    };
    /** Mapper to its version. */
    readonly mappers: {
      readonly [k: string]: number;
    };
  };
  /** Medium of the first customer session, in lower case: voice, chat, message, email, video, callback, … */
  readonly mediaType: string | null;
  /** Direction of the first customer session, in lower case: inbound, outbound. */
  readonly direction: string | null;
  /** Time of the earliest event, ISO 8601 with milliseconds. */
  readonly startedAt: string | null;
  /** Time of the latest end once every session has ended, ISO 8601 with milliseconds. After-call work, wrap-up and attributes do not move it. */
  readonly endedAt: string | null;
  /** From startedAt to endedAt, in milliseconds. */
  readonly durationMs: number | null;
  /** The last state: ringing, connected, onhold, transfer, disconnected. */
  readonly finalStatus: string | null;
  /** Distinct events that the record was made of. */
  readonly eventCount: number;
  /** Every distinct event in order, never collapsed. */
  readonly lifecycle: readonly {
    /** The sender's own sequence number where it has one, else the position from 1. */
    readonly sequence: number;
    /** When it happened, ISO 8601 with milliseconds. */
    readonly timestamp: string | null;
    /** Type of the event. */
    readonly action: string;
  }[];
  /** The states that the conversation went through. */
  readonly states: readonly {
    /** The state. */
    readonly state: 'ringing' | 'connected' | 'onhold' | 'transfer' | 'disconnected';
    /** When it was entered, ISO 8601 with milliseconds. */
    readonly from: string | null;
    /** When it was left, ISO 8601 with milliseconds; null while it lasts. */
    readonly to: string | null;
  }[];
  /** Who took part. */
  readonly participants: readonly {
    /** The participant. */
    readonly participantId: string;
    /** Families of its sessions, sorted: a participant may be customer and flow at once. */
    readonly purposes: readonly string[];
    /** The agent, if it is one. */
    readonly userId: string | null;
    /** Its sessions. */
    readonly sessionIds: readonly string[];
    /** External contacts linked to it. */
    readonly externalContactIds: readonly string[];
  }[];
  /** One for each topic family and session id. */
  readonly sessions: readonly {
    /** Which topics speak of it. */
    readonly family: 'customer' | 'flow' | 'acd' | 'user' | 'voicemail' | 'outbound' | 'other';
    /** The session; unique within its family. */
    readonly sessionId: string;
    /** Whose session it is. */
    readonly participantId: string | null;
    /** Medium, in lower case. */
    readonly mediaType: string | null;
    /** Direction, in lower case. */
    readonly direction: string | null;
    /** ISO 8601 with milliseconds; null if its start never came. */
    readonly startedAt: string | null;
    /** ISO 8601 with milliseconds; null while it lasts. */
    readonly endedAt: string | null;
    /** Why it ended, in lower case. */
    readonly disconnectType: string | null;
    /** The agent. */
    readonly userId: string | null;
    /** The queue. */
    readonly queueId: string | null;
    /** The flow. */
    readonly flowId: string | null;
    /** Enums and addresses of its events as they were sent. */
    readonly raw: JsonObject;
  }[];
  /** Queues, sorted. */
  readonly queueIds: readonly string[];
  /** Skills that were asked for, sorted. */
  readonly skillIds: readonly string[];
  /** Agents, sorted. */
  readonly agentIds: readonly string[];
  /** Wrap-up codes, sorted. */
  readonly wrapUpCodes: readonly string[];
  /** Flows, sorted. */
  readonly flowIds: readonly string[];
  /** The outbound campaign. */
  readonly campaignId: string | null;
  /** Participant attributes, merged in order of the events. Keys and values are as sent. */
  readonly attributes: JsonObject;
  /** External contacts of the whole conversation, sorted. */
  readonly externalContactIds: readonly string[];
  /** Who called, without tel: or sip:; as sent in sessions[].raw. */
  readonly caller: string | null;
  /** Who was called, without tel: or sip:; as sent in sessions[].raw. */
  readonly callee: string | null;
  /** After the definitions of Genesys analytics. Null is "unknown", never 0; counts are 0, never null. */
  readonly metrics: {
    /** Time agents and customer interacted, in milliseconds. */
    readonly talkMs: number | null;
    /** Time on hold, in milliseconds. */
    readonly holdMs: number | null;
    /** Time that agents were alerted, in milliseconds. */
    readonly alertMs: number | null;
    /** Time in queues, in milliseconds. */
    readonly queueWaitMs: number | null;
    /** After-call work, in milliseconds. */
    readonly afterCallWorkMs: number | null;
    /** Talk, hold, after-call work, dialling and contacting together, in milliseconds. */
    readonly handleMs: number | null;
    /** Number of transfers. */
    readonly transfers: number;
    /** The same, by kind. */
    readonly transfersByKind: {
      /** TRANSFER: handed on without asking. */
      readonly blind: number;
      /** CONSULT_TRANSFER: after asking the one who takes over. */
      readonly consult: number;
      /** CONFERENCE_TRANSFER: out of a conference. */
      readonly conference: number;
      /** FORWARD_TRANSFER: by call forwarding. */
      readonly forward: number;
      /** NO_ANSWER_TRANSFER: the agent did not answer. */
      readonly noAnswer: number;
      /** NOT_AVAILABLE_TRANSFER: the agent was not available. */
      readonly notAvailable: number;
      /** DND_TRANSFER: the agent did not want to be disturbed. */
      readonly doNotDisturb: number;
      /** Any other, also those of a format that does not tell. */
      readonly other: number;
    };
    /** The customer left a queue before any agent interacted; null where the format cannot tell. */
    readonly abandoned: boolean | null;
  };
  /** Where the events differ from Genesys's own analytics, hours after the end; the field itself says what Genesys says. Absent where they agree, or were never compared. */
  readonly corrections?: readonly {
    /** The field, with a dot where it lies within another: endedAt, metrics.talkMs. */
    readonly field: string;
    /** What the events say: an id or a word, a time, a number, a list of ids; null where they say nothing. */
    readonly record: string | number | readonly string[] | null;
    /** What Genesys's analytics say. */
    readonly analytics: string | number | readonly string[];
  }[];
  /** Events that were there when the window closed and that the record was not made of (speech and text analytics, for example), in order; at most 64 KB of them. Absent where there are none. */
  readonly attached?: readonly {
    /** Type of the event. */
    readonly type: string;
    /** What the registry files its schema under. */
    readonly subject: string;
    /** Version of that schema which judged it. */
    readonly schemaVersion: number;
    /** When it happened, ISO 8601 with milliseconds. */
    readonly eventTime: string | null;
    /** Hash of what it says: the same fact has the same one, however often and by whomever it was sent. */
    readonly fingerprint: string;
    /** The event as it came, less its carrier. */
    readonly body: JsonObject;
  }[];
  /** How many lifecycle entries were left out to fit the limit of a carrier. Absent in a whole record. */
  readonly lifecycleOmitted?: number;
  /** Further fields that were emptied because the record was too large for its carrier even without its lifecycle, sorted. Absent in a whole record. */
  readonly omitted?: readonly string[];
}
