import type { Breach, Effect, History, Plan, SideEvent, TracedEffect } from '../history';
import { aHistory, aPlan, closed, closes, admissions, facts, historyOf, secondRecord } from './a-history';
import { judge } from './judge';
import { changing, saying, withBlows, withEffects, without } from './spoiling';

/*
 * The small history with four events beside its facts: a mood while the window is open, which both records carry; one that comes
 * after it has closed, and that the second carries; one of a conversation that nothing else is known of; and a transcript.
 */

const moodOf = (id: string, conversationId: string): SideEvent => ({
  id,
  does: 'attach',
  conversationId,
  raw: { conversationId, mood: id },
});

const mood = moodOf('mood', 'call-1');
const late = moodOf('late', 'call-1');
const alone = moodOf('alone', 'call-2');
const transcript: SideEvent = { id: 'transcript', does: 'pass', conversationId: null, raw: { said: 'good morning' } };

const sentAt = new Map(
  [mood, late, alone, transcript].map((event, index) => [event, [12_000, 100_000, 4_000, 5_500][index] ?? 0]),
);
const bodyOf = ({ id }: SideEvent): string => JSON.stringify({ brings: id });

const planned = (plan: Plan = aPlan()): Plan => ({
  ...plan,
  sideEvents: [...sentAt.keys()],
  messages: [
    ...plan.messages,
    ...[...sentAt].map(([event, atMs]) => ({ atMs, body: bodyOf(event), facts: [], side: event.id, rejection: null })),
  ],
});

const publishing = ({ conversationId, raw }: SideEvent, atMs: number): TracedEffect => ({
  kind: 'published',
  worker: 0,
  atMs,
  message: JSON.stringify({ conversationId, body: raw }),
  attributes: { kind: 'passed-event', subject: 'any' },
});

const admitted = (event: SideEvent): readonly TracedEffect[] => {
  const atMs = sentAt.get(event) ?? 0;
  const messageId = `message-${event.id}`;
  const { raw } = event;
  const conversationId = event.conversationId ?? '';
  const steps: readonly (Effect | TracedEffect)[] = [
    { kind: 'sent', messageId, body: bodyOf(event), isRedrive: false },
    { kind: 'received', worker: 0, messageId, receiveCount: 1 },
    ...(event.does === 'attach' ? [{ kind: 'stored', worker: 0, conversationId, raw } as const] : []),
    ...(event === mood ? [] : [publishing(event, atMs)]),
    { kind: 'deleted', worker: 0, messageId },
  ];
  return steps.map((step, index): TracedEffect => ({ ...step, atMs: atMs + index }));
};

const carrying = (history: History, revisions: readonly number[], ...events: readonly SideEvent[]): History =>
  revisions.reduce(
    (told, revision) => saying(told, revision, { attached: events.map(({ raw }) => ({ type: 'any', body: raw })) }),
    history,
  );

const bare = withEffects(aHistory(), ...[...sentAt.keys()].flatMap(admitted));
const kept = carrying(carrying(bare, [1], mood), [2], mood, late);

const broken = (history: History, plan: Plan = planned()): readonly number[] => [
  ...new Set(judge(plan, history).map(({ promise }: Breach) => promise)),
];

const publishes =
  ({ raw }: SideEvent) =>
  (effect: TracedEffect): boolean =>
    effect.kind === 'published' && effect.attributes['kind'] === 'passed-event' && effect.message.includes(JSON.stringify(raw));

const stores =
  (event: SideEvent) =>
  (effect: TracedEffect): boolean =>
    effect.kind === 'stored' && effect.raw === event.raw;

test('a history in which each is in a record or published breaks no promise', () => {
  expect(judge(planned(), kept)).toEqual([]);
});

describe('promise 1: it is published, or stored for an open window, before its message is deleted', () => {
  test.each([
    ['passed on, and never published', transcript],
    ['attached to a window that was closed', late],
    ['attached to one that never was', alone],
  ])('%s', (_, event) => {
    expect(broken(without(kept, publishes(event)))).toEqual([1]);
  });

  test('published only when its message was gone', () => {
    const swapped = withEffects(without(kept, publishes(transcript)), publishing(transcript, 5_600));
    expect(broken(swapped)).toEqual([1]);
  });

  test('neither stored nor published, while its window was open', () => {
    expect(broken(carrying(without(bare, stores(mood)), [1, 2]))).toEqual([1]);
  });
});

describe('promise 4: its window does not close before a record carries it or it is published', () => {
  test('stored for an open window, and then forgotten', () => expect(broken(bare)).toEqual([4]));

  test('forgotten, and published when the window was closed already', () => {
    expect(broken(withEffects(bare, publishing(mood, 60_000)))).toEqual([4]);
  });

  test('published by the close, it need not be carried', () => {
    expect(broken(withEffects(bare, publishing(mood, 50_035)))).toEqual([]);
  });

  test('what TTL has taken before the close is not missed', () => {
    const expired: TracedEffect = { kind: 'expired', conversationId: 'call-1', what: 'event', raw: mood.raw, atMs: 20_000 };
    expect(broken(withEffects(bare, expired))).toEqual([]);
  });
});

const head = (conversationId: string, [from, to]: readonly [string, string], atMs: number, how?: string): TracedEffect => ({
  kind: 'head',
  worker: 0,
  conversationId,
  from,
  to,
  finished: from === 'missing' ? 0 : 1,
  atMs,
  ...(how === undefined ? {} : { how }),
});

describe('promise 4: it moves no window', () => {
  test('a window that is opened for it', () => {
    expect(broken(withEffects(kept, head('call-2', ['missing', 'open'], 4_003)))).toEqual([4]);
  });

  test('a window that is opened again for it', () => {
    const again = [head('call-1', ['closed', 'open'], 100_003), head('call-1', ['open', 'closing'], 130_000)];
    expect(broken(withEffects(kept, ...again, head('call-1', ['closing', 'closed'], 130_001)))).toEqual([4]);
  });

  test('a window that is re-armed for it', () => {
    expect(broken(withEffects(kept, head('call-1', ['closing', 'closing'], 50_005, 're-armed')))).toEqual([4]);
  });

  test('where calls fail and stand still, the fact may have been stored long before', () => {
    const plan = planned();
    const rough = { ...plan, weather: { ...plan.weather, lost: 0.1 } };
    expect(broken(withEffects(kept, head('call-1', ['closing', 'closing'], 50_005, 're-armed')), rough)).toEqual([]);
  });

  test('a revision that is made for it', () => {
    const third = {
      ...secondRecord,
      revision: 3,
      supersedes: 2,
      changed: [],
      attached: [{ body: mood.raw }, { body: late.raw }],
    };
    const heads = [{ conversationId: 'call-1', state: 'closed', finished: 3 }];
    const history = historyOf([...admissions, ...closes, ...closed(235_500, third)], { heads });
    expect(broken(carrying(withEffects(history, ...[...sentAt.keys()].flatMap(admitted)), [1, 2], mood))).toEqual([4]);
  });
});

describe('promises 2 and 3: nothing is carried or passed on but what was sent', () => {
  const stranger = { ...mood, raw: { mood: 'of a stranger' } };

  test.each([
    ['carries what nobody sent', [mood, stranger]],
    ['carries what is only passed on', [mood, transcript]],
    ['carries what was not yet there', [mood, late]],
    ['carries one twice', [mood, mood]],
  ])('a record that %s', (_, events) => {
    expect(broken(carrying(bare, [1, 2], ...events))).toEqual([2]);
  });

  test('something passed on that nobody sent, or before it was sent', () => {
    expect(broken(withEffects(kept, publishing(stranger, 60_000)))).toEqual([3]);
    expect(broken(withEffects(kept, publishing(late, 99_000)))).toEqual([3]);
  });

  test('a fact that is passed on', () => {
    const fact: SideEvent = { id: 'a fact', does: 'pass', conversationId: 'call-1', raw: facts.work.raw };
    expect(broken(withEffects(kept, publishing(fact, 60_000)))).toEqual([3]);
  });

  test('what nothing can hold is set aside, and not passed on', () => {
    const plan = planned();
    const rejection = { reason: 'too-large', knownFromMs: null };
    const large = { ...plan, messages: plan.messages.map((one) => (one.side === 'alone' ? { ...one, rejection } : one)) };
    const letter: TracedEffect = {
      ...{ kind: 'setAside', worker: 0, messageId: 'message-alone', reason: 'too-large', receiveCount: 1 },
      ...{ body: bodyOf(alone), atMs: 4_003 },
    };
    const refused = withEffects(without(kept, publishes(alone)), letter);
    const aside = changing(refused, 'deleted', ({ messageId, atMs }) =>
      messageId === 'message-alone' ? { atMs: atMs + 1 } : {},
    );
    expect(broken(aside, large)).toEqual([]);
    expect(broken(withEffects(aside, publishing(alone, 4_004)), large)).toEqual([3]);
  });
});

describe('promises 7 and 8: what waits for the topic, and a deploy', () => {
  const struckBy = (of: 'topic' | 'stateMachine'): [History, Plan] => {
    const outage = (['begins', 'ends'] as const).map((what, index): TracedEffect => {
      return { kind: 'outage', of, what, atMs: index === 0 ? 3_500 : 203_500 };
    });
    const waiting = without(kept, publishes(alone));
    const slow = changing(waiting, 'deleted', ({ messageId }) => (messageId === 'message-alone' ? { atMs: 204_000 } : {}));
    const blow = { kind: 'outage', atMs: 3_500, of, forMs: 200_000 } as const;
    return [withEffects(slow, publishing(alone, 203_800), ...outage), withBlows(planned(), blow)];
  };

  test('while the topic is away, what only it could take may wait', () => {
    expect(broken(...struckBy('topic'))).toEqual([]);
    expect(broken(...struckBy('stateMachine'))).toEqual([7]);
  });

  test('what is passed on twice in a deploy', () => {
    const twice = withEffects(kept, publishing(transcript, 5_504));
    expect(broken(twice, withBlows(planned(), { kind: 'deploy', atMs: 20_000, worker: 0 }))).toEqual([8]);
    expect(broken(twice)).toEqual([]);
  });

  test('what a close publishes that was published before is no second time', () => {
    const deployed = withBlows(planned(), { kind: 'deploy', atMs: 20_000, worker: 0 });
    expect(broken(withEffects(kept, publishing(late, 235_035)), deployed)).toEqual([]);
  });
});
