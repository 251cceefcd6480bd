import {
  admissions,
  aHistory,
  aPlan,
  bodyOf,
  closed,
  closes,
  facts,
  firstRecord,
  historyOf,
  life,
  secondRecord,
} from './a-history';
import type { Breach, History, Plan, TracedEffect } from '../history';
import { judge } from './judge';
import { changing, saying, without, withEffects } from './spoiling';

const broken = (history: History, plan: Plan = aPlan()): readonly number[] => [
  ...new Set(judge(plan, history).map(({ promise }: Breach) => promise)),
];

const is =
  <K extends TracedEffect['kind']>(kind: K, more: Partial<Extract<TracedEffect, { kind: K }>> = {}) =>
  (effect: TracedEffect): boolean =>
    effect.kind === kind && Object.entries(more).every(([name, value]) => (effect as never)[name] === value);

const earlyRecord = { ...firstRecord, pane: 'early', status: 'partial', contentHash: 'hash of five, early' };

describe('a history in which every promise is kept', () => {
  test('breaks none', () => expect(judge(aPlan(), aHistory())).toEqual([]));

  test('breaks none where only the first revision is handed off', () => {
    const history = historyOf([...admissions, ...closed(50_000, firstRecord), ...closed(235_000, secondRecord, false)]);
    expect(judge(aPlan({ handoffPolicy: 'first' }), history)).toEqual([]);
  });

  test('breaks none where an early record went before', () => {
    const second = { ...firstRecord, revision: 2, supersedes: 1, changed: ['status'] };
    const third = { ...secondRecord, revision: 3, supersedes: 2 };
    const effects = [...closed(30_000, earlyRecord, false), ...closed(50_000, second), ...closed(235_000, third)];
    const history = historyOf([...admissions, ...effects], {
      heads: [{ conversationId: 'call-1', state: 'closed', finished: 3 }],
    });
    expect(judge(aPlan({ emitPartialEveryMs: 20_000 }), history)).toEqual([]);
  });

  test('breaks none where events are published, too', () => {
    expect(judge(aPlan({ publishEvents: true }), withEventsPublished(aHistory()))).toEqual([]);
  });
});

const eventPublished = (atMs: number, revision: number, position: number, raw: unknown): TracedEffect => ({
  kind: 'published',
  worker: 0,
  atMs,
  message: JSON.stringify({ conversationId: 'call-1', life, revision, position, body: raw }),
  attributes: { kind: 'event', subject: 'any' },
});

const withEventsPublished = (history: History): History =>
  withEffects(
    history,
    ...Object.values(facts)
      .filter((one) => one !== facts.attributes)
      .map((one, index) => eventPublished(50_025, 1, index + 1, one.raw)),
    eventPublished(235_025, 2, 3, facts.attributes.raw),
  );

describe('promise 1: a message is deleted only after its events are stored or it is set aside', () => {
  test('deleted before its fact was stored', () => {
    const history = changing(aHistory(), 'deleted', ({ messageId, atMs }) =>
      messageId === 'message-acw' ? { atMs: atMs - 3 } : {},
    );
    expect(broken(history)).toEqual([1]);
  });

  test('deleted, and neither stored nor set aside', () => {
    expect(broken(without(aHistory(), is('setAside')))).toEqual([1]);
  });

  test('gone from the queue without having been deleted', () => {
    expect(broken(without(aHistory(), is('deleted', { messageId: 'message-acw' })))).toEqual([1]);
  });

  test('bad in part, and only its good part stored', () => {
    const plan = aPlan();
    const messages = plan.messages.map((one) =>
      one.body === bodyOf(facts.work) ? { ...one, rejection: { reason: 'unknown-type', knownFromMs: null } } : one,
    );
    expect(broken(aHistory(), { ...plan, messages })).toEqual([1]);
  });
});

describe('promise 2: the same facts give the same content', () => {
  const [first, second, ...others] = firstRecord['lifecycle'] as readonly unknown[];

  test.each([
    ['a fact twice', { lifecycle: [first, first, second, ...others] }],
    ['facts in another order', { lifecycle: [second, first, ...others] }],
    ['a fact that never happened', { lifecycle: [...others, { sequence: 4, timestamp: null, action: 'customer.start' }] }],
    ['positions that do not count', { lifecycle: [first, { ...(second as object), sequence: 7 }, ...others] }],
    ['a wrong sum', { metrics: { ...(firstRecord['metrics'] as object), talkMs: 16_000 } }],
    ['zero for unknown', { metrics: { ...(firstRecord['metrics'] as object), holdMs: 0 } }],
    ['a wrong count', { eventCount: 6 }],
    ['partial though all is there', { status: 'partial' }],
    ['something missing that is there', { missing: ['acw'] }],
    ['another end', { endedAt: facts.work.timestamp }],
  ])('%s', (_, said) => {
    expect(broken(saying(aHistory(), 1, said))).toContain(2);
  });

  test('a fact that was stored only afterwards', () => {
    const afterwards = (messageId: string) => (effect: { readonly atMs: number; readonly messageId: string }) =>
      effect.messageId === messageId ? { atMs: 235_100 } : {};
    const stored = changing(aHistory(), 'stored', ({ raw }) => (raw === facts.attributes.raw ? { atMs: 235_050 } : {}));
    // Its window was opened again before, for nothing.
    expect(broken(changing(stored, 'deleted', afterwards('message-attributes')))).toEqual([2, 4]);
  });

  test('different facts with one contentHash', () => {
    expect(broken(saying(aHistory(), 2, { contentHash: firstRecord['contentHash'] }))).toEqual([2]);
  });

  test('the same facts with another contentHash in another life', () => {
    const other = { ...secondRecord, life: 'b', revision: 1, supersedes: null, changed: [], pane: 'on_time' };
    const heads = [{ conversationId: 'call-1', state: 'closed', finished: 1 }];
    const history = (contentHash: string): History =>
      historyOf([...admissions, ...closes, ...closed(235_900, { ...other, contentHash })], { heads });
    expect(broken(history('hash of six'))).toEqual([]);
    expect(broken(history('another'))).toEqual([2]);
  });
});

describe('promise 3: one execution for each revision that the policy hands off', () => {
  test('a revision number that leaves a gap', () => {
    expect(broken(saying(aHistory(), 2, { revision: 3, supersedes: 1 }))).toContain(3);
  });

  test('a revision that is put twice', () => {
    const again = aHistory().effects.filter(is('put')).slice(0, 1);
    expect(broken(withEffects(aHistory(), ...again.map((put) => ({ ...put, atMs: 50_012 }))))).toContain(3);
  });

  test('a revision that supersedes another than the one before', () => {
    expect(broken(saying(aHistory(), 2, { supersedes: null }))).toEqual([3]);
  });

  test('a closed window that has not finished its last revision', () => {
    expect(broken({ ...aHistory(), heads: [{ conversationId: 'call-1', state: 'closed', finished: 1 }] })).toEqual([3]);
  });

  test('no execution at all', () => {
    expect(broken(historyOf([...admissions, ...closed(50_000, firstRecord), ...closed(235_000, secondRecord, false)]))).toEqual([
      3,
    ]);
  });

  test('a second execution where only the first revision is handed off', () => {
    expect(broken(aHistory(), aPlan({ handoffPolicy: 'first' }))).toEqual([3]);
  });

  test('an execution that was promised and never started', () => {
    expect(broken(without(aHistory(), (effect) => is('started')(effect) && effect.atMs > 60_000))).toEqual([3]);
  });

  test('one execution started twice', () => {
    const again = aHistory().effects.filter(is('started')).slice(0, 1);
    expect(broken(withEffects(aHistory(), ...again.map((one) => ({ ...one, atMs: 60_000 }))))).toEqual([3]);
  });

  test('an execution of no revision', () => {
    const stray: TracedEffect = { kind: 'started', worker: 0, atMs: 60_000, name: 'stray', input: '{}', answer: 'started' };
    expect(broken(withEffects(aHistory(), stray))).toEqual([3]);
  });

  test('two revisions with one name', () => {
    const one = 'the-name';
    const history = changing(aHistory(), 'put', ({ execution }) => ({ execution: execution && { ...execution, name: one } }));
    expect(broken(changing(history, 'started', () => ({ name: one })))).toContain(3);
  });

  test('a second try with other bytes', () => {
    const again = aHistory()
      .effects.flatMap((effect) => (effect.kind === 'started' ? [effect] : []))
      .slice(0, 1);
    const other = again.map((one): TracedEffect => ({ ...one, atMs: 50_021, input: `${one.input} `, answer: 'already' }));
    expect(broken(withEffects(aHistory(), ...other))).toEqual([3]);
  });

  test('an execution that starts before its record is put', () => {
    expect(broken(changing(aHistory(), 'started', ({ atMs }) => ({ atMs: atMs - 15 })))).toEqual([3]);
  });

  test('a revision that is finished before its execution has started', () => {
    expect(broken(changing(aHistory(), 'started', ({ atMs }) => ({ atMs: atMs + 30 })))).toEqual([3]);
  });

  test('an input about another conversation', () => {
    const other = (input: string): string => JSON.stringify({ ...(JSON.parse(input) as object), conversationId: 'another' });
    const history = changing(aHistory(), 'put', ({ execution }) => ({
      execution: execution && { ...execution, input: other(execution.input) },
    }));
    expect(broken(changing(history, 'started', ({ input }) => ({ input: other(input) })))).toEqual([3]);
  });

  test('an input without the lifecycle, which would have fitted', () => {
    const lean = (input: string): string => {
      const said = JSON.parse(input) as { readonly record: { readonly lifecycle: readonly unknown[] } };
      const { lifecycle } = said.record;
      return JSON.stringify({ ...said, record: { ...said.record, lifecycle: [], lifecycleOmitted: lifecycle.length } });
    };
    const history = changing(aHistory(), 'put', ({ execution }) => ({
      execution: execution && { ...execution, input: lean(execution.input) },
    }));
    expect(broken(changing(history, 'started', ({ input }) => ({ input: lean(input) })))).toEqual([3]);
  });

  test('a revision that is never published', () => {
    expect(broken(without(aHistory(), (effect) => is('published')(effect) && effect.atMs > 60_000))).toEqual([3]);
  });

  test('something published that was never put', () => {
    const published = aHistory()
      .effects.flatMap((effect) => (effect.kind === 'published' ? [effect] : []))
      .slice(0, 1);
    expect(broken(withEffects(aHistory(), ...published.map((one) => ({ ...one, message: `${one.message} ` }))))).toEqual([3]);
  });

  test('a notification that subscribers cannot filter by its pane', () => {
    const history = changing(aHistory(), 'published', ({ attributes }) => ({ attributes: { ...attributes, pane: 'early' } }));
    expect(broken(history)).toEqual([3]);
  });

  test('events published that nobody asked for', () => {
    expect(broken(withEventsPublished(aHistory()))).toEqual([3]);
  });

  test('an event that is not published, or with another revision, or out of place', () => {
    const plan = aPlan({ publishEvents: true });
    const late = eventPublished(235_025, 2, 3, facts.attributes.raw);
    const spoilt = (other: readonly TracedEffect[]): History => {
      const left = without(withEventsPublished(aHistory()), (effect) => JSON.stringify(effect) === JSON.stringify(late));
      return withEffects(left, ...other);
    };
    expect(broken(spoilt([]), plan)).toEqual([3]);
    expect(broken(spoilt([eventPublished(235_025, 1, 3, facts.attributes.raw)]), plan)).toEqual([3]);
    expect(broken(spoilt([eventPublished(235_025, 2, 4, facts.attributes.raw)]), plan)).toEqual([3]);
    expect(broken(spoilt([late, eventPublished(235_025, 2, 3, { stranger: true })]), plan)).toEqual([3]);
  });
});
