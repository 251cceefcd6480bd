import type { Head } from '../../src/core/items';
import { virtualClock } from '../../src/memory/clock';
import { createAnswersSoFar } from '../../src/steps/answers-so-far';
import type { Claim } from '../../src/steps/claim';
import { collectGarbage } from '../heap';

const claimOf = (conversationId: string): Claim => {
  const claimed: Head = {
    layout: 1,
    ...{ conversationId, state: 'closing', life: '00000000zzzzzzzz', finished: 0, attempts: 1, waits: 1 },
  };
  return { conversationId, claimed, hold: () => Promise.resolve(), end: () => Promise.resolve(claimed) };
};

const answers = () => ({ details: { kind: 'complete', details: { conversationId: 'a' } } as const, extras: {} });
const nothing = { details: null, extras: {} };
const minute = 60_000;

describe('answers of a close that waits for the rest', () => {
  test('are there when it comes back, for ten minutes after the first of them', async () => {
    const clock = virtualClock();
    const { keep, recall } = createAnswersSoFar(clock);
    keep(claimOf('a'), answers());
    await clock.advance(9 * minute);
    expect(recall(claimOf('a'))).toMatchObject(answers());
    keep(claimOf('a'), answers());
    await clock.advance(minute);
    expect(recall(claimOf('a'))).toEqual(nothing);
  });

  test('that were kept anew after that time are there for as long again', async () => {
    const clock = virtualClock();
    const { keep, recall } = createAnswersSoFar(clock);
    keep(claimOf('a'), answers());
    await clock.advance(11 * minute);
    keep(claimOf('a'), answers());
    await clock.advance(9 * minute);
    expect(recall(claimOf('a'))).toMatchObject(answers());
  });

  test('for which nobody comes back are let go of', async () => {
    const clock = virtualClock();
    const { keep, recall } = createAnswersSoFar(clock);
    const keepSome = (): WeakRef<object> => {
      const some = answers();
      keep(claimOf('a'), some);
      return new WeakRef(some.details);
    };
    const kept = keepSome();
    await clock.advance(9 * minute);
    recall(claimOf('b'));
    await collectGarbage();
    expect(kept.deref()).toBeDefined();
    await clock.advance(minute);
    recall(claimOf('b'));
    await collectGarbage();
    expect(kept.deref()).toBeUndefined();
  });
});
