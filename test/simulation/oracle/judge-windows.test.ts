import type { Breach, History, Plan, TracedEffect } from '../history';
import { admissions, aHistory, aPlan, closed, closes, facts, firstRecord, historyOf, secondRecord } from './a-history';
import { judge } from './judge';
import { saying, withBlows, withEffects } from './spoiling';

const broken = (history: History, plan: Plan = aPlan()): readonly number[] => [
  ...new Set(judge(plan, history).map(({ promise }: Breach) => promise)),
];

const onlyFirst = historyOf([...admissions, ...closed(50_000, firstRecord)], {
  heads: [{ conversationId: 'call-1', state: 'closed', finished: 1 }],
});

const deployed = withBlows(aPlan(), { kind: 'deploy', atMs: 20_000, worker: 0 });

describe('promise 4: every event that arrives is in some revision; a late one leads to one that names what changed', () => {
  test('a late fact that no revision has', () => expect(broken(onlyFirst)).toEqual([4]));

  test('a window of which nothing was ever said', () => {
    expect(broken(historyOf(admissions, { heads: [{ conversationId: 'call-1', state: 'closed', finished: 0 }] }))).toEqual([4]);
  });

  test('a revision that lacks a fact of the one before', () => {
    const { lifecycle } = secondRecord as { readonly lifecycle: readonly { readonly action: string }[] };
    const fewer = lifecycle.filter(({ action }) => action !== 'acw').map((entry, index) => ({ ...entry, sequence: index + 1 }));
    expect(broken(saying(aHistory(), 2, { lifecycle: fewer }))).toContain(4);
  });

  test('a list of changes that does not say what changed', () => {
    expect(broken(saying(aHistory(), 2, { changed: ['eventCount'] }))).toEqual([4]);
    expect(broken(saying(aHistory(), 1, { changed: ['eventCount'] }))).toEqual([4]);
  });

  test('a late revision that is not called late', () => expect(broken(saying(aHistory(), 2, { pane: 'on_time' }))).toContain(4));

  test('an early record that nobody asked for', () => {
    const early = saying(aHistory(), 1, { pane: 'early', status: 'partial', changed: [] });
    expect(broken(early)).toContain(4);
  });

  test('a revision that says nothing new', () => {
    const third = { ...secondRecord, revision: 3, supersedes: 2, changed: [] };
    const heads = [{ conversationId: 'call-1', state: 'closed', finished: 3 }];
    expect(broken(historyOf([...admissions, ...closes, ...closed(235_500, third)], { heads }))).toEqual([4]);
  });

  const expired: TracedEffect = { kind: 'expired', conversationId: 'call-1', what: 'event', raw: facts.work.raw, atMs: 210_000 };

  test('a fact that has expired may be missed, if the revision says so', () => {
    const { lifecycle } = secondRecord as { readonly lifecycle: readonly { readonly action: string }[] };
    const left = {
      status: 'partial',
      missing: ['acw', 'expired-history'],
      eventCount: 5,
      lifecycle: lifecycle.filter(({ action }) => action !== 'acw').map((entry, index) => ({ ...entry, sequence: index + 1 })),
      metrics: { ...(secondRecord['metrics'] as object), afterCallWorkMs: null },
      changed: ['lifecycle', 'metrics', 'missing', 'status'],
    };
    const history = withEffects(saying(aHistory(), 2, left), expired);
    const plan = withBlows(aPlan(), { kind: 'expire', atMs: 210_000 });
    expect(broken(history, plan)).toEqual([]);
    expect(broken(saying(history, 2, { missing: ['acw'], status: 'final' }), plan)).toContain(2);
  });

  test('a late fact that expired before anybody could say it is not missed', () => {
    expect(broken(withEffects(onlyFirst, { ...expired, raw: facts.attributes.raw }))).toEqual([]);
  });
});

describe('promise 5: a window closes without further traffic, in its time', () => {
  test('a window that stays open', () => {
    expect(broken({ ...aHistory(), heads: [{ conversationId: 'call-1', state: 'open', finished: 2 }] })).toEqual([5]);
  });

  test('a window that is parked for no reason', () => {
    expect(broken({ ...aHistory(), heads: [{ conversationId: 'call-1', state: 'parked', finished: 2 }] })).toEqual([5]);
  });

  test('no rest', () => expect(broken({ ...aHistory(), quietAtMs: null })).toEqual([5]));

  test('rest that comes too late', () => expect(broken({ ...aHistory(), quietAtMs: 3_000_000 })).toEqual([5]));

  test('a queue that is not emptied', () => {
    expect(broken({ ...aHistory(), left: { visible: 1, inFlight: 0 } })).toEqual([5]);
  });

  test('a window that closes before its hold has passed', () => {
    expect(broken(historyOf([...admissions, ...closed(44_000, firstRecord), ...closed(235_000, secondRecord)]))).toEqual([5]);
  });

  test('a window that closes long after its time though nothing is wrong', () => {
    expect(broken(historyOf([...admissions, ...closed(120_000, firstRecord), ...closed(235_000, secondRecord)]))).toEqual([5]);
  });

  test('a window that closes without a fact that was sent in time', () => {
    const early = admissions.map((effect): TracedEffect =>
      effect.kind === 'sent' && effect.atMs === 200_000 ? { ...effect, atMs: 30_000 } : effect,
    );
    expect(
      broken(historyOf([...early, ...closes]), withBlows(aPlan(), { kind: 'kill', atMs: 1, worker: 0, moment: null })),
    ).toEqual([5]);
    expect(broken(historyOf([...early, ...closes]), deployed)).toEqual([8]);
  });

  test('what died with the first batch of a worker, or twice, may come late', () => {
    const worker = 7;
    const effects = admissions.map((effect): TracedEffect =>
      effect.kind === 'sent' && effect.atMs === 200_000 ? { ...effect, atMs: 30_000 } : effect,
    );
    const death = (kill: number): readonly TracedEffect[] => [
      { kind: 'worker', worker, what: 'starts', atMs: 100 },
      { kind: 'received', worker, messageId: 'message-attributes', receiveCount: 1, atMs: 30_000 },
      { kind: 'worker', worker, what: 'killed', atMs: kill },
    ];
    const plan = withBlows(aPlan(), { kind: 'kill', atMs: 1, worker, moment: null });
    const before: TracedEffect = { kind: 'received', worker, messageId: 'message-acw', receiveCount: 1, atMs: 15_001 };
    expect(broken(historyOf([...effects, ...closes, ...death(30_000)]), plan)).toEqual([]);
    expect(broken(historyOf([...effects, ...closes, before, ...death(30_000)]), plan)).toEqual([5]);
    const again = death(30_000).map((effect) => (effect.kind === 'received' ? { ...effect, receiveCount: 2 } : effect));
    expect(broken(historyOf([...effects, ...closes, before, ...again]), plan)).toEqual([]);
  });
});
