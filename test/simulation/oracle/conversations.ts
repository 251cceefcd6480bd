import type { Fact, History, Plan, Script } from '../history';
import { contentOf, eventKey } from './content';
import { effectsOf, type Placed } from './effects';
import type { SaidRecord } from './said-record';

/** A revision in the moment it was put. */
export interface Put extends Omit<Placed<'put'>, 'record'> {
  readonly record: SaidRecord;
  /** Those of its lifecycle's entries that the script knows, in the lifecycle's order. */
  readonly facts: readonly Fact[];
}

/** Places in the history, by fact. */
export type Places = ReadonlyMap<string, readonly number[]>;

/** What happened to one conversation in the table. */
export interface Conversation {
  readonly script: Script;
  /** In the order in which they were put. */
  readonly puts: readonly Put[];
  /** The same, by life. */
  readonly lives: readonly (readonly Put[])[];
  readonly stored: Places;
  readonly expired: Places;
  /** Where TTL took one of its records. */
  readonly recordsExpired: readonly number[];
  /** Where something was stored that no script tells of, and that is not attached. */
  readonly strangers: readonly Placed<'stored'>[];
}

export const entryKey = (entry: { readonly timestamp: string | null; readonly action: string }): string =>
  `${String(entry.timestamp)} ${entry.action}`;

const append = <T>(lists: Map<string, T[]>, key: string, item: T): void => {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
};

const factsByEntry = ({ conversationId, facts }: Script): ReadonlyMap<string, Fact> => {
  const byEntry = new Map(facts.map((fact) => [entryKey(fact), fact]));
  if (byEntry.size < facts.length)
    throw new Error(`Expected each fact of ${conversationId} to have a time of its own: a record names it by action and time.`);
  return byEntry;
};

const splitLives = (puts: readonly Put[]): readonly (readonly Put[])[] => {
  const lives = new Map<string, Put[]>();
  for (const put of puts) append(lives, put.record.life, put);
  return [...lives.values()];
};

/** Effects of every conversation, sorted once: a giant's are thousands. */
const sortEffects = (history: History) => {
  const puts = new Map<string, Placed<'put'>[]>();
  const stored = new Map<string, Placed<'stored'>[]>();
  const expired = new Map<string, Placed<'expired'>[]>();
  for (const put of effectsOf(history, 'put')) append(puts, String(put.record['conversationId']), put);
  for (const one of effectsOf(history, 'stored')) append(stored, one.conversationId, one);
  for (const one of effectsOf(history, 'expired')) append(expired, one.conversationId, one);
  return { puts, stored, expired };
};

/** What was stored or expired, and the fact that it is, if it is one. */
const recognise = <T extends { readonly raw: unknown }>(effects: readonly T[], { facts }: Script) => {
  const byContent = new Map(facts.map((fact) => [contentOf(fact.raw), fact]));
  return effects.map((effect) => ({ effect, fact: effect.raw === null ? undefined : byContent.get(contentOf(effect.raw)) }));
};

const placesOf = (
  recognised: readonly { readonly effect: { readonly place: number }; readonly fact: Fact | undefined }[],
): Places => {
  const places = new Map<string, number[]>();
  for (const { effect, fact } of recognised) if (fact) append(places, fact.id, effect.place);
  return places;
};

export const collectConversations = (plan: Plan, history: History): readonly Conversation[] => {
  const sorted = sortEffects(history);
  const attached = new Set(
    plan.sideEvents.filter(({ does }) => does === 'attach').map(({ conversationId, raw }) => eventKey(conversationId, raw)),
  );
  const isAttached = ({ conversationId, raw }: Placed<'stored'>): boolean =>
    attached.size > 0 && attached.has(eventKey(conversationId, raw));
  return plan.scripts.map((script) => {
    const byEntry = factsByEntry(script);
    const stored = recognise(sorted.stored.get(script.conversationId) ?? [], script);
    const expired = sorted.expired.get(script.conversationId) ?? [];
    const puts = (sorted.puts.get(script.conversationId) ?? []).map((put): Put => {
      const record = put.record as unknown as SaidRecord;
      return { ...put, record, facts: record.lifecycle.flatMap((entry) => byEntry.get(entryKey(entry)) ?? []) };
    });
    return {
      script,
      puts,
      lives: splitLives(puts),
      stored: placesOf(stored),
      expired: placesOf(recognise(expired, script)),
      recordsExpired: expired.filter(({ what }) => what === 'record').map(({ place }) => place),
      strangers: stored.flatMap(({ effect, fact }) => (fact || isAttached(effect) ? [] : [effect])),
    };
  });
};

/** TTL had taken it by then: whether a copy came back is the program's to know. */
export const wasExpiredBy = ({ expired }: Conversation, fact: Fact, place: number): boolean =>
  (expired.get(fact.id) ?? []).some((gone) => gone < place);

/** The record before it could no longer be read, so this one knows nothing of it. */
export const lostItsPast = ({ recordsExpired }: Conversation, place: number): boolean =>
  recordsExpired.some((gone) => gone < place);

/** What a breach calls a revision. */
export const nameOf = ({ record }: Pick<Put, 'record'>): string =>
  `revision ${record.revision} of ${record.conversationId} (life ${record.life}, ${record.pane}, ${record.status})`;
