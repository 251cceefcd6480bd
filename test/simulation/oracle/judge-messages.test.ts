import type { Breach, History, Plan, TracedEffect } from '../history';
import { aHistory, aPlan, badBody, bodyOf, canary, facts } from './a-history';
import { judge } from './judge';
import { changing, withBlows, withEffects } from './spoiling';

const broken = (history: History, plan: Plan = aPlan()): readonly number[] => [
  ...new Set(judge(plan, history).map(({ promise }: Breach) => promise)),
];

const outage = (of: string, fromMs: number, toMs: number): readonly TracedEffect[] => [
  { kind: 'outage', of, what: 'begins', atMs: fromMs },
  { kind: 'outage', of, what: 'ends', atMs: toMs },
];

const deployed = withBlows(aPlan(), { kind: 'deploy', atMs: 20_000, worker: 0 });

describe('promise 6: a bad message is set aside on first receipt, byte for byte, and fails no neighbour', () => {
  test.each([
    ['other bytes', { body: `${badBody} ` }],
    ['another reason', { reason: 'invalid' }],
    ['a later receipt', { receiveCount: 2 }],
  ])('%s', (_, more) => expect(broken(changing(aHistory(), 'setAside', () => more))).toEqual([6]));

  const letter = (body: string, messageId: string, atMs: number): TracedEffect => ({
    kind: 'setAside',
    worker: 0,
    messageId,
    body,
    reason: 'not-json',
    receiveCount: 1,
    atMs,
  });

  test('two letters for one message', () => {
    expect(broken(withEffects(aHistory(), letter(badBody, 'message-bad', 3_002)))).toEqual([6]);
    expect(broken(withEffects(aHistory(), letter(badBody, 'message-bad', 3_002)), deployed)).toEqual([8]);
  });

  test('a good message that is set aside', () => {
    expect(broken(withEffects(aHistory(), letter(bodyOf(facts.work), 'message-acw', 15_002)))).toEqual([6]);
  });

  test('a type that is set aside by a worker that knows it', () => {
    const rejection = { reason: 'not-json', knownFromMs: 10_000 };
    const plan = aPlan();
    const learning = (learnsAtMs: number): Plan => ({
      ...plan,
      learns: { action: 'acw', atMs: learnsAtMs },
      messages: plan.messages.map((one) => (one.body === bodyOf(facts.work) ? { ...one, rejection } : one)),
    });
    const history = withEffects(aHistory(), letter(bodyOf(facts.work), 'message-acw', 15_002));
    expect(broken(history, learning(0))).toEqual([6]);
    expect(broken(history, learning(100))).toEqual([]);
  });

  test('something stored that never happened', () => {
    const stranger: TracedEffect = { kind: 'stored', worker: 0, conversationId: 'call-1', raw: { stranger: true }, atMs: 20_000 };
    expect(broken(withEffects(aHistory(), stranger))).toEqual([6]);
  });

  test('a fact that could not be read, and is not named', () => {
    const plan = aPlan();
    const scripts = plan.scripts.map((script) => ({
      ...script,
      facts: script.facts.map((one) => (one === facts.attributes ? { ...one, isUnreadable: true } : one)),
    }));
    expect(broken(aHistory(), { ...plan, scripts })).toEqual([6]);
  });

  const overflow: TracedEffect = { kind: 'overflowed', messageId: 'message-acw', body: bodyOf(facts.work), atMs: 20_000 };

  test('a message past its last receive', () => expect(broken(withEffects(aHistory(), overflow))).toEqual([6]));

  test('the same in an outage breaks promise 7, in a deploy promise 8', () => {
    const struck = withBlows(aPlan(), { kind: 'outage', atMs: 16_000, of: 'table', forMs: 1_000 });
    expect(broken(withEffects(aHistory(), overflow), struck)).toEqual([7]);
    expect(broken(withEffects(aHistory(), overflow), deployed)).toEqual([8]);
  });
});

describe('promise 7: an outage delays, loses nothing, and uses up no receives', () => {
  const struckBy = (of: 'table' | 'topic' | 'deadLetters'): Plan =>
    withBlows(aPlan(), { kind: 'outage', atMs: 2_000, of, forMs: 180_000 });

  test('intake that stops while what is downstream is away', () => {
    const history = withEffects(aHistory(), ...outage('topic', 2_000, 182_000));
    expect(broken(history, struckBy('topic'))).toEqual([]);
    const slow = changing(history, 'deleted', ({ messageId }) => (messageId === 'message-acw' ? { atMs: 181_000 } : {}));
    expect(broken(slow, struckBy('topic'))).toEqual([7]);
  });

  test('a good message that waits while the dead letters are away, as only a bad one may', () => {
    const history = withEffects(aHistory(), ...outage('deadLetters', 2_000, 182_000));
    const late = (messageId: string): History =>
      changing(history, 'deleted', (one) => (one.messageId === messageId ? { atMs: 181_000 } : {}));
    expect(broken(late('message-acw'), struckBy('deadLetters'))).toEqual([7]);
    expect(broken(late('message-bad'), struckBy('deadLetters'))).toEqual([]);
  });

  test('receives that are used up while the table is away', () => {
    const receives = Array.from({ length: 7 }, (_, index): TracedEffect => ({
      kind: 'received',
      worker: 0,
      messageId: 'message-acw',
      receiveCount: index + 2,
      atMs: 16_000 + index,
    }));
    const history = withEffects(aHistory(), ...outage('table', 2_000, 182_000));
    expect(broken(withEffects(history, ...receives.slice(0, 4)), struckBy('table'))).toEqual([]);
    expect(broken(withEffects(history, ...receives), struckBy('table'))).toEqual([7]);
  });
});

describe('promise 8: a deploy duplicates nothing visible', () => {
  test('keeps it where nothing is done twice', () => expect(broken(aHistory(), deployed)).toEqual([]));

  test('a worker that does not end', () => expect(broken({ ...aHistory(), stuckWorkers: 1 })).toEqual([8]));

  const again = (kind: 'started' | 'published', more: object): History =>
    withEffects(
      aHistory(),
      ...aHistory()
        .effects.filter((effect) => effect.kind === kind)
        .slice(0, 1)
        .map((effect) => ({ ...effect, ...more, atMs: effect.atMs + 1 })),
    );

  test('an execution that is started again', () => {
    expect(broken(again('started', { answer: 'already' }), deployed)).toEqual([8]);
    expect(broken(again('started', { answer: 'already' }))).toEqual([]);
  });

  test('a record that is published again', () => {
    expect(broken(again('published', {}), deployed)).toEqual([8]);
    expect(broken(again('published', {}))).toEqual([]);
  });
});

describe('promise 9: no secret reaches a log line', () => {
  test('a canary in a line', () => {
    expect(broken({ ...aHistory(), logLines: [`An event could not be read: ${canary}`] })).toEqual([9]);
  });
});

test('a history with a message that is in no plan is no history of it', () => {
  const stray: TracedEffect = { kind: 'sent', messageId: 'stray', body: 'stray', isRedrive: false, atMs: 1 };
  expect(() => judge(aPlan(), withEffects(aHistory(), stray))).toThrow('Expected every message sent to be in the plan');
});
