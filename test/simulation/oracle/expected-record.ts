import type { Fact } from '../history';
import { groupBy } from './content';
import { type SaidRecord, type SumName, sumNames } from './said-record';

/** What a record of exactly these facts must say. */
export type ExpectedRecord = Pick<
  SaidRecord,
  'status' | 'missing' | 'startedAt' | 'endedAt' | 'durationMs' | 'eventCount' | 'metrics'
>;

interface SessionStory {
  readonly family: string;
  readonly id: string;
  readonly isOpen: boolean;
  readonly lacksStart: boolean;
}

/** Sessions of the facts, and whether each has ended as far as these facts tell. */
const tellSessions = (facts: readonly Fact[]): readonly SessionStory[] => {
  const moments = facts.flatMap(({ session, timestamp }) => (session ? [{ ...session, timestamp }] : []));
  return [...groupBy(moments, ({ family, id }) => `${family} ${id}`).values()].flatMap((own) => {
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    const starts = new Set(own.filter(({ moment }) => moment === 'start').map(({ timestamp }) => timestamp));
    // An end, and after it one start: nobody opens again what was never opened, so it is taken for over.
    const isSkewed = first.moment === 'end' && last.moment === 'start' && starts.size === 1;
    const isOpen = last.moment === 'start' && !isSkewed;
    return [{ family: first.family, id: first.id, isOpen, lacksStart: first.moment === 'end' && !isSkewed }];
  });
};

/** An agent talked with the customer, and no after-call work of that stretch has come. */
export const awaitsAfterCallWork = (facts: readonly Fact[]): boolean =>
  facts.some(({ session }, place) => {
    if (session?.moment !== 'end' || !session.interacted) return false;
    const startedAt = facts
      .slice(0, place)
      .findLastIndex((one) => one.session?.id === session.id && one.session.moment === 'start');
    const begin = startedAt === -1 ? place : startedAt;
    return !facts.slice(begin).some(({ afterCallWorkOf }) => afterCallWorkOf === session.id);
  });

/** Null where no part is known: unknown is not zero. */
const sumOf = (facts: readonly Fact[], name: SumName): number | null => {
  const parts = facts.flatMap(({ amounts }) => amounts[name] ?? []);
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0);
};

const isEndMark = ({ action }: Fact): boolean => action === 'conversation.end';

const sortedTimes = (facts: readonly Fact[]): readonly string[] => facts.map(({ timestamp }) => timestamp).sort();

/** It ends with the last end of a session, once none is open, or when details say disconnected; marks do not move it. */
const findEnd = (facts: readonly Fact[], hasOpen: boolean): string | null => {
  const ends = facts.filter((fact) => (fact.session?.moment === 'end' && !hasOpen) || (fact.endsAll && !isEndMark(fact)));
  return sortedTimes(ends).at(-1) ?? null;
};

export const isComplete = (facts: readonly Fact[]): boolean => {
  const sessions = tellSessions(facts);
  const customerLeft = sessions.some(({ family, isOpen }) => family === 'customer' && !isOpen);
  return facts.some(({ endsAll }) => endsAll) || (customerLeft && sessions.every(({ isOpen }) => !isOpen));
};

export const expectRecord = (facts: readonly Fact[], how: { isEarly: boolean; lostHistory: boolean }): ExpectedRecord => {
  const sessions = tellSessions(facts);
  const open = sessions.filter(({ isOpen }) => isOpen);
  const customerLeft = sessions.some(({ family, isOpen }) => family === 'customer' && !isOpen);
  const complete = isComplete(facts);
  const startedAt = sortedTimes(facts.filter((fact) => !isEndMark(fact)))[0] ?? null;
  const endedAt = findEnd(facts, open.length > 0);
  const missing = [
    ...(complete || customerLeft ? [] : ['customer-end']),
    ...open.map(({ id }) => `session-end:${id}`),
    ...(startedAt === null || sessions.some(({ lacksStart }) => lacksStart) ? ['start'] : []),
    ...(awaitsAfterCallWork(facts) ? ['acw'] : []),
    ...(how.lostHistory ? ['expired-history'] : []),
  ];
  return {
    status: complete && !how.isEarly && !how.lostHistory ? 'final' : 'partial',
    missing: [...new Set(missing)].sort(),
    startedAt,
    endedAt,
    durationMs: startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
    eventCount: facts.length,
    metrics: Object.fromEntries(sumNames.map((name) => [name, sumOf(facts, name)])) as Record<SumName, number | null>,
  };
};
