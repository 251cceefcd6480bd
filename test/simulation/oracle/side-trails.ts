import type { History, Plan, SideEvent } from '../history';
import { eventKey, groupBy, objectIn } from './content';
import { effectsOf, type Placed } from './effects';
import type { MessageTrail } from './message-trails';

/** What became of one event beside the facts. */
export interface SideTrail {
  readonly event: SideEvent;
  readonly carriers: readonly MessageTrail[];
  /** Places in the history. */
  readonly stored: readonly number[];
  readonly expired: readonly number[];
  readonly published: readonly Placed<'published'>[];
  /** Where a record was put that carries it. */
  readonly carried: readonly number[];
}

/** What a record carries beside what it was made of, by content; twice if it does so twice. */
export const carriedBy = ({ record }: Placed<'put'>): readonly string[] => {
  const attached = (record['attached'] ?? []) as readonly { readonly body: unknown }[];
  return attached.map(({ body }) => eventKey(record['conversationId'], body));
};

export const publishedAlone = (history: History): readonly Placed<'published'>[] =>
  effectsOf(history, 'published').filter(({ attributes }) => attributes['kind'] === 'passed-event');

export const keyOfPublished = ({ message }: Placed<'published'>): string => {
  const said = objectIn(message) ?? {};
  return eventKey(said['conversationId'], said['body']);
};

export const keyOfSide = ({ conversationId, raw }: SideEvent): string => eventKey(conversationId, raw);

const keyOfItem = ({ conversationId, raw }: Placed<'stored'> | Placed<'expired'>): string => eventKey(conversationId, raw);

const placesIn = (effects: readonly { readonly place: number }[] | undefined): readonly number[] =>
  (effects ?? []).map(({ place }) => place);

export const collectSideTrails = (plan: Plan, history: History, messages: readonly MessageTrail[]): readonly SideTrail[] => {
  // What most histories have none of need not be looked for among thousands of facts.
  if (plan.sideEvents.length === 0) return [];
  const carriers = groupBy(messages, ({ truth }) => truth.side ?? '');
  const stored = groupBy(effectsOf(history, 'stored'), keyOfItem);
  const expired = groupBy(effectsOf(history, 'expired'), keyOfItem);
  const published = groupBy(publishedAlone(history), keyOfPublished);
  const carrying = effectsOf(history, 'put').flatMap((put) => carriedBy(put).map((key) => ({ key, place: put.place })));
  const carried = groupBy(carrying, ({ key }) => key);
  return plan.sideEvents.map((event) => {
    const key = keyOfSide(event);
    return {
      event,
      carriers: carriers.get(event.id) ?? [],
      stored: placesIn(stored.get(key)),
      expired: placesIn(expired.get(key)),
      published: published.get(key) ?? [],
      carried: placesIn(carried.get(key)),
    };
  });
};
