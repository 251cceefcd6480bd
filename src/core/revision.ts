import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './json';
import type { AttachedEvent, ConversationRecord, Pane, RecordContent } from './record';

/** Every field of the content, closed by its type: a new one that is not listed here does not compile. */
const contentFields = Object.keys({
  conversationId: true,
  orgId: true,
  status: true,
  missing: true,
  anomalies: true,
  producedBy: true,
  mediaType: true,
  direction: true,
  startedAt: true,
  endedAt: true,
  durationMs: true,
  finalStatus: true,
  eventCount: true,
  lifecycle: true,
  states: true,
  participants: true,
  sessions: true,
  queueIds: true,
  skillIds: true,
  agentIds: true,
  wrapUpCodes: true,
  flowIds: true,
  campaignId: true,
  attributes: true,
  externalContactIds: true,
  caller: true,
  callee: true,
  metrics: true,
  corrections: true,
} satisfies Record<keyof RecordContent, true>) as readonly (keyof RecordContent)[];

/** One text for one value. A record is plain JSON; its interfaces only lack the index signature that would say so. */
const textOf = (value: unknown): string => canonicalJson(value as Json);

type FieldTexts = ReadonlyMap<keyof RecordContent, string>;

/** A field that is left out where it says nothing is not there to be hashed: records from before it keep their hash. */
const textsOf = (content: RecordContent): FieldTexts =>
  new Map(contentFields.flatMap((field) => (content[field] === undefined ? [] : [[field, textOf(content[field])] as const])));

/**
 * Hash of what the events say. Whatever depends on when and how often the window closed is left out, and so is `life`, which
 * is drawn at random. Safe to call with a whole record: only the content is read.
 */
export const contentHash = (content: RecordContent): string => hashOf(textsOf(content));

/** The text of a list of pairs, each of a field and what it says. */
const hashOf = (texts: FieldTexts): string => {
  const pairs = [...texts].map(([field, text]) => `[${textOf(field)},${text}]`);
  return createHash('sha256')
    .update(`[${pairs.join(',')}]`)
    .digest('hex');
};

/** What is left out says what null says. */
const changedFields = (texts: FieldTexts, previous: FieldTexts): readonly string[] =>
  contentFields.filter((field) => (texts.get(field) ?? 'null') !== (previous.get(field) ?? 'null')).sort();

/** Events that the record before was made of and that are gone: say so, instead of quietly shrinking. */
const withExpiredHistory = (content: RecordContent): RecordContent => ({
  ...content,
  status: 'partial',
  missing: [...new Set([...content.missing, 'expired-history'])].sort(),
});

export const makeRecord = (input: {
  readonly content: RecordContent;
  readonly life: string;
  readonly revision: number;
  readonly pane: Pane;
  readonly previous: ConversationRecord | null;
  readonly expiredHistory: boolean;
  readonly attached?: readonly AttachedEvent[];
}): ConversationRecord => {
  const { life, revision, pane, previous, attached = [] } = input;
  const said = input.expiredHistory ? withExpiredHistory(input.content) : input.content;
  // Final is only what has also waited for its hold.
  const content: RecordContent = pane === 'early' ? { ...said, status: 'partial' } : said;
  const { conversationId, orgId, status, ...rest } = content;
  const texts = textsOf(content);
  return {
    layout: 1,
    conversationId,
    orgId,
    life,
    revision,
    pane,
    status,
    supersedes: previous?.revision ?? null,
    changed: previous ? changedFields(texts, textsOf(previous)) : [],
    contentHash: hashOf(texts),
    ...rest,
    ...(attached.length > 0 ? { attached } : {}),
  };
};
