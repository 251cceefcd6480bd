import type { Breach, Fact } from '../history';
import { contentOf } from './content';
import { type Conversation, lostItsPast, nameOf, type Put } from './conversations';
import { breach } from './effects';
import type { Evidence } from './evidence';

/*
 * Promise 4. Every fact that was stored and has not expired is in the last revision; what came after a revision is in a later
 * one, which is late if a window has closed before in that life, and names what changed.
 */

/** Fields that say when and how often a window closed, how the record travels, or what it carries besides. */
const notContent: ReadonlySet<string> = new Set([
  ...['layout', 'life', 'revision', 'pane', 'supersedes', 'changed', 'contentHash', 'lifecycleOmitted', 'omitted', 'attached'],
]);

const differingFields = (one: Put, other: Put): readonly string[] => {
  const [before, after] = [one.record, other.record] as unknown as readonly [Record<string, unknown>, Record<string, unknown>];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !notContent.has(field));
  return fields.filter((field) => contentOf(before[field]) !== contentOf(after[field])).sort();
};

const judgeChanged = (conversation: Conversation, put: Put, previous: Put | undefined): readonly Breach[] => {
  const expected = previous ? differingFields(previous, put) : [];
  const said = put.record.changed;
  if (contentOf(said) === contentOf(expected)) return [];
  if (said.length === 0 && lostItsPast(conversation, put.place)) return [];
  return [breach(4, put.atMs, `${nameOf(put)}: expected changed to be [${expected.join(', ')}], got [${said.join(', ')}]`)];
};

/** A revision that says what the last one said is none; after an early one there is one to say that the window has closed. */
const judgeIdle = (conversation: Conversation, put: Put, previous: Put | undefined): readonly Breach[] => {
  if (!previous || lostItsPast(conversation, put.place)) return [];
  if (previous.record.pane === 'early' && put.record.pane !== 'early') return [];
  const before = new Set(previous.facts.map(({ id }) => id));
  const isHigher = previous.record.status === 'partial' && put.record.status === 'final';
  if (isHigher || put.facts.some(({ id }) => !before.has(id))) return [];
  return [breach(4, put.atMs, `${nameOf(put)}: expected a fact that revision ${previous.record.revision} lacks, got none`)];
};

const judgePane = ({ plan }: Evidence, put: Put, earlier: readonly Put[]): readonly Breach[] => {
  const { pane } = put.record;
  const hasClosed = earlier.some(({ record }) => record.pane !== 'early');
  const isAllowed = pane === 'early' ? plan.settings.emitPartialEveryMs > 0 : pane === (hasClosed ? 'late' : 'on_time');
  if (isAllowed) return [];
  return [breach(4, put.atMs, `${nameOf(put)}: expected the pane ${hasClosed ? 'late' : 'on_time'}, got ${pane}`)];
};

/** In the table still, as far as anybody can tell. */
const remains = ({ stored, expired }: Conversation, { id }: Fact): boolean =>
  (stored.get(id)?.at(-1) ?? -1) > (expired.get(id)?.at(-1) ?? -1);

/** Of a window that is open still promise 5 speaks; one that is parked keeps its events, and waits for a person. */
const judgeComplete = ({ history }: Evidence, conversation: Conversation): readonly Breach[] => {
  const { script, lives } = conversation;
  const state = history.heads.find(({ conversationId }) => conversationId === script.conversationId)?.state ?? 'closed';
  if (state !== 'closed' || script.endsAs === 'parked') return [];
  const last = lives.at(-1)?.at(-1);
  const said = new Set(last?.facts.map(({ id }) => id));
  const lost = script.facts.filter((fact) => remains(conversation, fact) && !said.has(fact.id));
  if (lost.length === 0) return [];
  const names = lost.slice(0, 3).map(({ id }) => id);
  return [
    breach(
      4,
      last?.atMs ?? 0,
      `expected ${last ? nameOf(last) : `a revision of ${script.conversationId}`} to be followed by one with ${lost.length} facts that were stored (${names.join(', ')}), got none`,
    ),
  ];
};

export const judgeLateFacts = (evidence: Evidence): readonly Breach[] =>
  evidence.conversations.flatMap((conversation) => [
    ...conversation.lives.flatMap((life) =>
      life.flatMap((put, index) => [
        ...judgeChanged(conversation, put, life[index - 1]),
        ...judgeIdle(conversation, put, life[index - 1]),
        ...judgePane(evidence, put, life.slice(0, index)),
      ]),
    ),
    ...judgeComplete(evidence, conversation),
  ]);
