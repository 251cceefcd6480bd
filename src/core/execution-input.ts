import type { Enrichment, Extras } from './enrichment';
import type { ExtraName } from './genesys-answers';
import type { Identity } from './identities';
import { limits, utf8Bytes } from './limits';
import type { ConversationRecord } from './record';
import { withoutIds, withoutLifecycle, withoutLists } from './travel';

/** What an execution starts with: `schemas/tidemark.execution-input`. */
export interface ExecutionInput extends Enrichment {
  readonly conversationId: string;
  /** When the record was created, ISO 8601. */
  readonly timestamp: string;
  readonly enrichmentSteps: readonly string[];
  readonly record: ConversationRecord;
  readonly identities: readonly Identity[];
  /** Until when the table keeps the record, epoch seconds: whoever remembers it need not do so for longer. */
  readonly expiresAt: number;
  /** True where the details were too large to travel; they can be read from Genesys by id. */
  readonly callDetailsOmitted?: true;
  readonly namesOmitted?: true;
  /** How many there were; the record has their ids. */
  readonly identitiesOmitted?: number;
}

/**
 * What may stay behind, the most needed first: each travels if there is room for it beside those before it that do. So one part
 * that is too large for any message takes no other with it. Genesys has all of it by id, and the table has the record whole.
 */
const parts = [
  'ids',
  'identities',
  'callDetails',
  'sentiment',
  'names',
  'participantAttributes',
  'transcript',
  'lists',
  'lifecycle',
] as const;
type Part = (typeof parts)[number];
type Kept = ReadonlySet<Part>;

const carriedRecord = (record: ConversationRecord, kept: Kept): ConversationRecord => {
  if (!kept.has('ids')) return withoutIds(record);
  if (!kept.has('lists')) return withoutLists(record);
  return kept.has('lifecycle') ? record : withoutLifecycle(record);
};

const extraNames = Object.keys({
  participantAttributes: true,
  transcript: true,
  sentiment: true,
} satisfies Record<ExtraName, true>) as readonly ExtraName[];

/** What has nothing to say needs no leaving out. */
const withoutExtras = (input: ExecutionInput, kept: Kept): Extras =>
  Object.fromEntries(
    extraNames
      .filter((name) => !kept.has(name) && input[name]?.status === 'complete')
      .map((name) => [name, { status: 'omitted' }] as const),
  );

const carrying = (input: ExecutionInput, kept: Kept): ExecutionInput => {
  const { names, ...rest } = input;
  const { record, identities, callDetails } = input;
  return {
    ...rest,
    record: carriedRecord(record, kept),
    ...withoutExtras(input, kept),
    ...(callDetails === null || kept.has('callDetails') ? {} : { callDetails: null, callDetailsOmitted: true }),
    ...(identities.length === 0 || kept.has('identities') ? {} : { identities: [], identitiesOmitted: identities.length }),
    ...(names === undefined ? {} : kept.has('names') ? { names } : { namesOmitted: true }),
  };
};

const fits = (text: string): boolean => utf8Bytes(text) <= limits.executionInputBytes;

/**
 * The bytes an execution is started with. Made once, stored with the record, sent as they are ever after. Where not even the
 * least of it fits, the call's own check refuses it by name.
 */
export const executionInput = (input: ExecutionInput): string => {
  const whole = JSON.stringify(input);
  if (fits(whole)) return whole;
  let kept: Kept = new Set();
  for (const part of parts) {
    const more: Kept = new Set([...kept, part]);
    if (fits(JSON.stringify(carrying(input, more)))) kept = more;
  }
  return JSON.stringify(carrying(input, kept));
};
