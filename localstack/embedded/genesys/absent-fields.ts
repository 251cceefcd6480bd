import type { Conversation } from './analytics';

/** Fields that often have no value, by where they are; a real answer leaves them out, as far as anybody has seen. */
const optional = {
  conversation: ['conversationEnd', 'externalTag', 'mediaStatsMinConversationMos', 'divisionIds'],
  participants: ['participantName', 'userId', 'externalContactId', 'attributes'],
  sessions: ['ani', 'dnis', 'messageType', 'metrics', 'flow'],
  segments: ['segmentEnd', 'disconnectType', 'queueId', 'wrapUpCode', 'errorCode'],
} as const;

type Level = keyof typeof optional;
type Fields = Readonly<Record<string, unknown>>;

const below: Readonly<Record<Level, Level | null>> = {
  conversation: 'participants',
  participants: 'sessions',
  sessions: 'segments',
  segments: null,
};

const filled = (fields: Fields, level: Level): Fields => {
  const nulls = Object.fromEntries(optional[level].map((field) => [field, null]));
  const next = below[level];
  const listed = next === null ? null : fields[next];
  const children = Array.isArray(listed)
    ? { [next as string]: (listed as Fields[]).map((child) => filled(child, next as Level)) }
    : {};
  return { ...nulls, ...fields, ...children };
};

/** Every field without a value is there, with null. */
export const withNulls = (conversation: Conversation): Fields => filled(conversation, 'conversation');
