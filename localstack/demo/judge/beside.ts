import { isDeepStrictEqual } from 'node:util';
import type { StoredRecord } from '../../../src/core/items';
import type { Beside, Known } from '../../traffic/beside';

/* Did the workflow get what Genesys knows beside the details: attributes, transcript, sentiment, names? */

type Json = Readonly<Record<string, unknown>>;

/** Fields of the input that are there because they are asked for. */
export const besideFields = ['names', 'participantAttributes', 'sentiment', 'transcript'] as const;

/** Of one text, where Amazon Comprehend is to read it. */
const mostTextBytes = 5_000;

const wordsOf = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.split(/\s+/)).filter((word) => word !== '');

const isTranscript = (got: Json, talk: Known['talk']): boolean => {
  if (talk === null || talk === 'unrecorded') return isDeepStrictEqual(got, { status: 'absent' });
  const { texts, ...others } = got as Json & { readonly texts?: readonly string[] };
  const mine = talk.lines.filter((line) => line.mine).map(({ text }) => text);
  return (
    isDeepStrictEqual(others, { status: 'complete', language: talk.language, truncated: false, phrases: mine.length }) &&
    isDeepStrictEqual(wordsOf(texts ?? []), wordsOf(mine)) &&
    (texts ?? []).every((text) => Buffer.byteLength(text) <= mostTextBytes)
  );
};

const isSentiment = (got: unknown, { mood }: Known): boolean =>
  isDeepStrictEqual(got, mood === null ? { status: 'absent' } : { status: 'complete', ...mood });

const areAttributes = (got: unknown, { attributes, participantId }: Known): boolean => {
  const participants = [{ participantId, purpose: 'customer', attributes }];
  const expected = attributes === null ? { status: 'absent' } : { status: 'complete', participants, truncated: false };
  return isDeepStrictEqual(got, expected);
};

/** Of conversations that nobody scripted Genesys knows nothing. */
const unknown: Known = {
  ...{ conversationId: '', participantId: '', communicationId: '' },
  ...{ attributes: null, talk: null, mood: null, comesLate: null },
};

const judgeKnown = (input: Json, known: Known | null): readonly string[] => {
  const failed = { status: 'failed' };
  const { participantAttributes, transcript, sentiment } = input;
  // Genesys is never asked for an id that would break a path.
  const fits = known
    ? {
        participantAttributes: areAttributes(participantAttributes, known),
        transcript: isTranscript((transcript ?? {}) as Json, known.talk),
        sentiment: isSentiment(sentiment, known),
      }
    : {
        participantAttributes: isDeepStrictEqual(participantAttributes, failed),
        transcript: isDeepStrictEqual(transcript, failed),
        sentiment: isDeepStrictEqual(sentiment, failed),
      };
  return Object.entries(fits).flatMap(([field, isRight]) =>
    isRight ? [] : [`${field}: expected what Genesys knows, got ${statusOf(input[field])}`],
  );
};

const statusOf = (got: unknown): string => `another one (${String((got as { status?: string } | undefined)?.status)})`;

export type Names = Readonly<Record<keyof Beside['names'], Readonly<Record<string, string>>>>;

const noNames: Names = { users: {}, queues: {}, wrapUpCodes: {} };

/** A name is learnt in the background: it may be missing, but never another's, and of nobody else. */
const judgeNames = (
  names: Names,
  { agentIds, queueIds, wrapUpCodes }: StoredRecord['record'],
  beside: Beside,
): readonly string[] => {
  const ids = { users: agentIds, queues: queueIds, wrapUpCodes };
  const isRight = (kind: keyof Names): boolean =>
    Object.entries(names[kind]).every(([id, name]) => ids[kind].includes(id) && beside.names[kind].get(id) === name);
  const kinds = Object.keys(ids) as (keyof Names)[];
  return kinds.filter((kind) => !isRight(kind)).map((kind) => `names: expected those of the ${kind} of the record, got others`);
};

/** `isAskable`: its id is one that Genesys is asked for. */
export const judgeBeside = (
  input: Json,
  { record }: StoredRecord,
  { beside, isAskable }: { readonly beside: Beside; readonly isAskable: boolean },
): readonly string[] => {
  const known = beside.known.find(({ conversationId }) => conversationId === record.conversationId) ?? unknown;
  return [...judgeKnown(input, isAskable ? known : null), ...judgeNames((input['names'] ?? noNames) as Names, record, beside)];
};

/** Of so many handoffs not even names are known; more, and nobody learns any. */
const mostNameless = 0.5;

/** Names of those who have one are learnt soon. */
export const judgeNamesLearnt = (
  inputs: readonly { readonly names?: Names | undefined; readonly record: StoredRecord['record'] }[],
  beside: Beside,
): readonly string[] => {
  const withUsers = inputs.filter(({ record }) => record.agentIds.some((id) => beside.names.users.has(id)));
  const nameless = withUsers.filter(({ names, record }) =>
    record.agentIds.some((id) => beside.names.users.has(id) && names?.users[id] === undefined),
  );
  if (nameless.length <= withUsers.length * mostNameless) return [];
  return [`names: expected most agents to have theirs, got none in ${nameless.length} of ${withUsers.length} handoffs`];
};
