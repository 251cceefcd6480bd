import type { StoredRecord } from '../../../src/core/items';
import type { Write, Written } from '../../embedded/back-office/written';
import type { ObservedExecution, Steps } from '../observe';
import type { Difference } from './difference';

/* Do CRM and tickets say what the newest revision says, and has none ever said less than before? */

type Key = Pick<Write, 'life' | 'revision'>;

const isOlder = (a: Key, b: Key): boolean => (a.life === b.life ? a.revision < b.revision : a.life < b.life);
const nameOf = ({ life, revision }: Key): string => `revision ${revision} of life ${life}`;

/** The newest revision that was handed off, and what its execution did. */
interface Newest extends Key {
  readonly steps: Steps;
  /** Of a transcript in a language that Comprehend knows; 0: none. */
  readonly texts: number;
}

interface Transcript {
  readonly status: string;
  readonly language?: string | null;
  readonly texts?: readonly string[];
}

/** https://docs.aws.amazon.com/comprehend/latest/dg/supported-languages.html */
const languages = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'pt', 'zh'];

const readableTexts = ({ status, language, texts = [] }: Transcript = { status: 'absent' }): number =>
  status === 'complete' && languages.includes(language?.slice(0, 2) ?? '') ? texts.length : 0;

const newestOf = (stored: readonly StoredRecord[], executions: ReadonlyMap<string, ObservedExecution>): Newest | undefined => {
  const newest = stored.findLast(({ outbox }) => outbox.execution !== null);
  const execution = executions.get(newest?.outbox.execution?.name ?? '');
  if (!newest || !execution) return undefined;
  const { transcript } = JSON.parse(execution.input) as { readonly transcript?: Transcript };
  const { life, revision } = newest.record;
  return { life, revision, steps: execution.steps ?? {}, texts: readableTexts(transcript) };
};

const checkOrder = (what: string, writes: readonly Write[]): readonly string[] =>
  writes.flatMap((write, index) => {
    const before = writes[index - 1];
    const isOverwritten = before !== undefined && isOlder(write, before);
    return isOverwritten ? [`${what}: expected none older after ${nameOf(before)}, got ${nameOf(write)}`] : [];
  });

const checkLast = (what: string, newest: Newest, last: Write | undefined): readonly string[] => {
  if (!last) return [`${what}: expected ${nameOf(newest)}, got none`];
  const { life, revision, sentiments, idempotencyKey } = last;
  return [
    ...(life === newest.life && revision === newest.revision ? [] : [`${what}: expected ${nameOf(newest)}, got ${nameOf(last)}`]),
    ...((sentiments?.length ?? 0) === newest.texts
      ? []
      : [`${what}: expected sentiments of ${newest.texts} texts, got ${sentiments?.length ?? 'none'}`]),
    ...(idempotencyKey.includes(`/${life}/${revision}/`)
      ? []
      : [`${what}: expected a key of ${nameOf(last)}, got ${idempotencyKey}`]),
  ];
};

const judgeOne = (newest: Newest, entries: readonly Write[], tickets: readonly Write[]): readonly string[] => {
  const hasEntry = newest.steps['fetch_crm_contact']?.outcome === 'done';
  return [
    ...checkOrder('ticket', tickets),
    ...checkOrder('CRM entry', entries),
    ...checkLast('ticket', newest, tickets.at(-1)),
    ...(hasEntry ? checkLast('CRM entry', newest, entries.at(-1)) : []),
  ];
};

const byConversation = (writes: readonly Write[]): ReadonlyMap<string, readonly Write[]> => {
  const found = new Map<string, Write[]>();
  for (const write of writes) found.set(write.conversationId, [...(found.get(write.conversationId) ?? []), write]);
  return found;
};

/** The one ticket of each conversation, its one entry in the CRM, and no other. */
export const judgeWritten = (
  records: ReadonlyMap<string, readonly StoredRecord[]>,
  executions: readonly ObservedExecution[],
  written: Written | null,
): readonly Difference[] => {
  if (!written) return [];
  const named = new Map(executions.map((execution) => [execution.name, execution]));
  const [entries, tickets] = [byConversation(written.entries), byConversation(written.tickets)];
  const strangers = [...entries.keys(), ...tickets.keys()].filter((id) => !records.has(id));
  return [
    ...[...records].flatMap(([where, stored]) => {
      const newest = newestOf(stored, named);
      const what = newest ? judgeOne(newest, entries.get(where) ?? [], tickets.get(where) ?? []) : [];
      return what.map((each) => ({ where, what: each }));
    }),
    ...strangers.map((where) => ({ where, what: 'ticket or CRM entry: expected none, there is no record' })),
  ];
};
