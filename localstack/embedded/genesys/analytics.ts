import { createHash } from 'node:crypto';

/** A conversation as the analytics API answers it: ids, ISO times, lower-case enums. `conversationEnd` is absent while it lasts. */
export interface Conversation {
  readonly conversationId: string;
  readonly conversationStart: string;
  readonly conversationEnd?: string;
  readonly [field: string]: unknown;
}

/** How far analytics lag behind. No official figure exists, so it is told here, in requests for a conversation or in time. */
export interface Lag {
  /** It is absent at first, for so many requests or until so long after it was registered or first asked for. */
  readonly absentRequests?: number;
  readonly absentMs?: number;
  /** Then it is there without its end, for so many requests more or so long. */
  readonly incompleteRequests?: number;
  readonly incompleteMs?: number;
}

/** What to answer for an id that nobody registered. */
export type UnknownIds = 'absent' | 'synthesize';

export interface Analytics {
  readonly register: (conversations: readonly Conversation[]) => void;
  /** What analytics show of a conversation just now; null: nothing. Each look counts as a request. */
  readonly look: (conversationId: string) => Conversation | null;
  readonly known: () => readonly Conversation[];
}

interface Entry {
  readonly conversation: Conversation;
  readonly sinceMs: number;
  looks: number;
}

const withoutEnd = (conversation: Conversation): Conversation => {
  const { conversationId, conversationStart, ...rest } = conversation;
  const others = Object.fromEntries(Object.entries(rest).filter(([field]) => field !== 'conversationEnd'));
  return { conversationId, conversationStart, ...others };
};

const show = (entry: Entry, lag: Lag, nowMs: number): Conversation | null => {
  const { absentRequests = 0, absentMs = 0, incompleteRequests = 0, incompleteMs = 0 } = lag;
  const ageMs = nowMs - entry.sinceMs;
  if (entry.looks <= absentRequests || ageMs < absentMs) return null;
  const settled = entry.looks > absentRequests + incompleteRequests && ageMs >= absentMs + incompleteMs;
  return settled ? entry.conversation : withoutEnd(entry.conversation);
};

/** A plausible finished voice call, the same for the same id. */
export const synthesize = (conversationId: string): Conversation => {
  const hash = createHash('sha256').update(conversationId).digest();
  const id = (label: string): string => createHash('sha256').update(`${label}/${conversationId}`).digest('hex').slice(0, 32);
  const startMs = Date.UTC(2026, 0, 5, 9) + hash.readUInt16BE(0) * 1000;
  const at = (offsetSeconds: number): string => new Date(startMs + offsetSeconds * 1000).toISOString();
  const talkSeconds = 30 + hash.readUInt8(2);
  const session = (label: string, from: number) => ({
    sessionId: id(`session-${label}`),
    mediaType: 'voice',
    direction: 'inbound',
    recording: label === 'customer',
    segments: [
      {
        segmentStart: at(from),
        segmentEnd: at(20 + talkSeconds),
        segmentType: 'interact',
        disconnectType: 'peer',
        conference: false,
      },
    ],
    metrics: [{ name: 'nConnected', value: 1, emitDate: at(20) }],
  });
  const participant = (purpose: string, from: number) => ({
    participantId: id(`participant-${purpose}`),
    purpose,
    sessions: [session(purpose, from)],
  });
  return {
    conversationId,
    conversationStart: at(0),
    conversationEnd: at(20 + talkSeconds),
    originatingDirection: 'inbound',
    divisionIds: [],
    participants: [participant('customer', 0), participant('agent', 20)],
  };
};

export const createAnalytics = (unknownIds: () => UnknownIds, lag: () => Lag, nowMs: () => number): Analytics => {
  const entries = new Map<string, Entry>();
  const register = (conversation: Conversation): Entry => {
    const entry = { conversation, sinceMs: nowMs(), looks: 0 };
    entries.set(conversation.conversationId, entry);
    return entry;
  };
  return {
    register: (conversations) => conversations.forEach(register),
    look: (conversationId) => {
      const entry = entries.get(conversationId) ?? (unknownIds() === 'synthesize' ? register(synthesize(conversationId)) : null);
      if (!entry) return null;
      entry.looks += 1;
      return show(entry, lag(), nowMs());
    },
    known: () => [...entries.values()].map(({ conversation }) => conversation),
  };
};
