import type { Breach } from '../history';
import { contentOf } from './content';
import { type Conversation, lostItsPast, nameOf, type Put, wasExpiredBy } from './conversations';
import { breach } from './effects';
import type { Evidence } from './evidence';
import { expectRecord } from './expected-record';
import { sumNames } from './said-record';

/*
 * Promise 2, and half of 4. A record says what its facts say: each once, in their order, none that was not stored by then, all
 * those of the revision before; and its status, its gaps and its sums are those of exactly these facts.
 */

const judgeLifecycle = ({ script, stored }: Conversation, put: Put): readonly Breach[] => {
  const { record, facts, atMs, place } = put;
  const { lifecycle } = record;
  const wrong = (text: string): readonly Breach[] => [breach(2, atMs, `${nameOf(put)}: ${text}`)];
  if (facts.length !== lifecycle.length)
    return wrong(`expected a lifecycle of facts alone, got ${lifecycle.length - facts.length} entries that no script tells of`);
  const rank = new Map(script.facts.map(({ id }, index) => [id, index]));
  const misplaced = facts.findIndex(({ id }, index) => index > 0 && rank.get(id)! <= rank.get(facts[index - 1]!.id)!);
  if (misplaced !== -1)
    return wrong(`expected each fact once and in order, got ${facts[misplaced]!.id} after ${facts[misplaced - 1]!.id}`);
  const unknown = facts.find(({ id }) => (stored.get(id)?.[0] ?? Infinity) > place);
  if (unknown) return wrong(`expected facts that were stored by then, got ${unknown.id}`);
  const misnumbered = facts.findIndex(({ raw }, index) => {
    const own = raw['sequence'];
    return lifecycle[index]!.sequence !== (typeof own === 'number' ? own : index + 1);
  });
  if (misnumbered === -1) return [];
  return wrong(
    `expected the sender's sequence or the position, got ${lifecycle[misnumbered]!.sequence} for ${facts[misnumbered]!.id}`,
  );
};

const judgeKept = (conversation: Conversation, put: Put, previous: Put | undefined): readonly Breach[] => {
  if (!previous) return [];
  const now = new Set(put.facts.map(({ id }) => id));
  const lost = previous.facts.find((fact) => !now.has(fact.id) && !wasExpiredBy(conversation, fact, put.place));
  return lost
    ? [
        breach(
          4,
          put.atMs,
          `${nameOf(put)}: expected all facts of revision ${previous.record.revision}, but ${lost.id} is not there`,
        ),
      ]
    : [];
};

/** What any revision before had and this one has not, it must say. */
const lostHistory = (put: Put, before: readonly Put[]): boolean => {
  const now = new Set(put.facts.map(({ id }) => id));
  return before.some(({ facts }) => facts.some(({ id }) => !now.has(id)));
};

const judgeSaid = (conversation: Conversation, put: Put, before: readonly Put[]): readonly Breach[] => {
  const { record, facts, atMs, place } = put;
  const isEarly = record.pane === 'early';
  const possible = [expectRecord(facts, { isEarly, lostHistory: lostHistory(put, before) })];
  // TTL may have taken the record before, and with it the memory of what is lost.
  if (lostItsPast(conversation, place)) possible.push(expectRecord(facts, { isEarly, lostHistory: false }));
  const fields = Object.keys(possible[0]!) as readonly (keyof (typeof possible)[number])[];
  const differing = possible.map((expected) =>
    fields.filter((field) =>
      field === 'metrics'
        ? sumNames.some((name) => record.metrics[name] !== expected.metrics[name])
        : contentOf(record[field]) !== contentOf(expected[field]),
    ),
  );
  if (differing.some((wrong) => wrong.length === 0)) return [];
  return differing[0]!.map((field) =>
    breach(
      2,
      atMs,
      `${nameOf(put)}: expected ${field} ${JSON.stringify(possible[0]![field])} of its ${facts.length} facts, got ${JSON.stringify(record[field])}`,
    ),
  );
};

const judgeUnreadable = (put: Put): readonly Breach[] => {
  const expected = put.facts.filter(({ isUnreadable }) => isUnreadable).length;
  const told = put.record.anomalies.filter(({ kind }) => kind === 'unreadable-event').length;
  return expected === told
    ? []
    : [breach(6, put.atMs, `${nameOf(put)}: expected ${expected} facts named that could not be read, got ${told}`)];
};

const judgePut = (conversation: Conversation, put: Put, before: readonly Put[]): readonly Breach[] => {
  const lifecycle = judgeLifecycle(conversation, put);
  // Of facts that are not sure nothing else can be said.
  if (lifecycle.length > 0) return lifecycle;
  return [...judgeKept(conversation, put, before.at(-1)), ...judgeSaid(conversation, put, before), ...judgeUnreadable(put)];
};

export const judgeContent = ({ conversations }: Evidence): readonly Breach[] =>
  conversations.flatMap((conversation) =>
    conversation.lives.flatMap((life) => life.flatMap((put, index) => judgePut(conversation, put, life.slice(0, index)))),
  );
