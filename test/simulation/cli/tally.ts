import type { History, TracedEffect } from '../history';
import type { Judged } from './judged';

/** What has really happened so far, counted by name. Plain data: processes send theirs to one another. */
export interface Tally {
  readonly totals: Readonly<Record<string, number>>;
  /** Plans by what their trouble is. */
  readonly profiles: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly branches: Readonly<Record<string, number>>;
}

export const noTally: Tally = { totals: {}, profiles: {}, faults: {}, branches: {} };

type Counts = Readonly<Record<string, number>>;

const addCounts = (a: Counts, b: Counts): Counts => {
  const sum: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};

export const addTallies = (a: Tally, b: Tally): Tally => ({
  totals: addCounts(a.totals, b.totals),
  profiles: addCounts(a.profiles, b.profiles),
  faults: addCounts(a.faults, b.faults),
  branches: addCounts(a.branches, b.branches),
});

const countBy = (names: Iterable<string | null>): Counts => {
  const counts: Record<string, number> = {};
  for (const name of names) if (name !== null) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** The fault or blow that an effect is; null where it is the work itself. In the end every worker is stopped: no blow. */
const faultOf = ({ quietAtMs }: History, effect: TracedEffect): string | null => {
  switch (effect.kind) {
    case 'fault':
      return `${effect.call} ${effect.what}`;
    case 'worker':
      if (effect.what === 'stopping') return quietAtMs === null || effect.atMs < quietAtMs ? 'worker stopping' : null;
      return effect.what === 'starts' || effect.what === 'gone' ? null : `worker ${effect.what}`;
    case 'outage':
      return effect.what === 'begins' ? `outage of ${effect.of}` : null;
    case 'overflowed':
      return 'message overflowed';
    case 'expired':
      return `${effect.what} expired`;
    case 'received':
      return effect.receiveCount > 1 ? 'message received again' : null;
    case 'sent':
      return effect.isRedrive ? 'dead letter redriven' : null;
    case 'setAside':
      return 'message set aside';
    case 'deleted':
    case 'stored':
    case 'head':
    case 'put':
    case 'started':
    case 'published':
      return null;
  }
};

const totalsOf = ({ history }: Judged): Counts => {
  const { effects } = history;
  const of = (kind: TracedEffect['kind']): number => effects.filter((effect) => effect.kind === kind).length;
  return {
    histories: 1,
    'virtual ms': effects.at(-1)?.atMs ?? 0,
    messages: of('sent'),
    deliveries: of('received'),
    revisions: of('put'),
    executions: effects.filter((effect) => effect.kind === 'started' && effect.answer === 'started').length,
    'dead letters': of('setAside'),
    'faults and blows': effects.filter((effect) => faultOf(history, effect) !== null).length,
  };
};

export const tallyOf = (judged: Judged): Tally => ({
  totals: totalsOf(judged),
  profiles: { [judged.plan.profile]: 1 },
  faults: countBy(judged.history.effects.map((effect) => faultOf(judged.history, effect))),
  branches: judged.history.branches,
});
