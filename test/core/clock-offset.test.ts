import fc from 'fast-check';
import { narrowOffset, offsetMs, type DatedAnswer, type OffsetBounds } from '../../src/core/clock-offset';

/** What a clock that is `offset` ahead answers to a request sent at `sentMs`, written half way, dated to the second. */
const answerAt = (offset: number, sentMs: number, roundTripMs: number): DatedAnswer => ({
  sentMs,
  receivedMs: sentMs + roundTripMs,
  dateMs: Math.floor((sentMs + roundTripMs / 2 + offset) / 1000) * 1000,
});

const learn = (answers: readonly DatedAnswer[]): OffsetBounds | null => answers.reduce(narrowOffset, null);

const offsets = fc.integer({ min: -86_400_000, max: 86_400_000 });
const requests = fc.array(
  fc.record({ sentMs: fc.integer({ min: 0, max: 1e12 }), roundTripMs: fc.integer({ min: 0, max: 30_000 }) }),
  {
    minLength: 1,
    maxLength: 50,
  },
);

test('before the first answer the clocks are taken to agree', () => {
  expect(offsetMs(null)).toBe(0);
});

test('a clock that is right is never corrected, wherever in its second the only answer was cut', () => {
  fc.assert(
    fc.property(requests, (all) => {
      const offsets = all.map(({ sentMs, roundTripMs }) => offsetMs(learn([answerAt(0, sentMs, roundTripMs)])));
      expect(offsets).toEqual(all.map(() => 0));
    }),
  );
});

test('a clock that is wrong is corrected by what is proven, and no further', () => {
  expect(offsetMs({ lowMs: 300, highMs: 900 })).toBe(300);
  expect(offsetMs({ lowMs: -900, highMs: -300 })).toBe(-300);
});

test('the true offset never leaves the bounds, and more answers never widen them', () => {
  fc.assert(
    fc.property(offsets, requests, (offset, all) => {
      const answers = all.map(({ sentMs, roundTripMs }) => answerAt(offset, sentMs, roundTripMs));
      let width = Infinity;
      answers.forEach((_, n) => {
        const bounds = learn(answers.slice(0, n + 1))!;
        expect(bounds.lowMs).toBeLessThanOrEqual(offset);
        expect(bounds.highMs).toBeGreaterThanOrEqual(offset);
        expect(bounds.highMs - bounds.lowMs).toBeLessThanOrEqual(width);
        width = bounds.highMs - bounds.lowMs;
      });
    }),
  );
});

test('answers cut at different places of their second narrow the offset to the round trip', () => {
  const answers = Array.from({ length: 100 }, (_, n) => answerAt(-4321, 1e12 + n * 1010, 20));
  const { lowMs, highMs } = learn(answers)!;
  expect(highMs - lowMs).toBeLessThanOrEqual(40);
  expect(Math.abs(offsetMs({ lowMs, highMs }) + 4321)).toBeLessThanOrEqual(40);
});

test('a host clock that is set begins the learning anew, from the newest answer', () => {
  const before = Array.from({ length: 20 }, (_, n) => answerAt(5000, 1e12 + n * 1010, 20));
  const after = answerAt(-5000, 1e12, 20);
  expect(learn([...before, after])).toEqual(learn([after]));
});
