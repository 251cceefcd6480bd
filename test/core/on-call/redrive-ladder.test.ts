import { countRedrive } from '../../../src/core/on-call/redrive-counts';
import type { Move, RedriveOutcome } from '../../../src/core/on-call/redrive-job';
import { noTally, tooManyRefused } from '../../../src/core/on-call/redrive-ladder';

const tally = (moved: number, refused: number) => ({ ...noTally, moved, refused, reasons: { invalid: refused } });

test.each([
  [1, 0, 0.1, false],
  [1, 1, 1, true],
  [11, 1, 0.1, false],
  [11, 2, 0.1, true],
  [100, 10, 0.1, false],
  [100, 11, 0.1, true],
  [100, 1, 0, true],
  [100, 100, 1, false],
])('of %i moved %i refused, at most a share of %d: stops is %s', (moved, refused, stopAt, stops) => {
  expect(tooManyRefused(tally(moved, refused), stopAt) !== null).toBe(stops);
});

test('it says how many, for which reasons, most frequent first, and what was allowed', () => {
  const reasons = { 'unknown-type': 3, invalid: 17 };
  expect(tooManyRefused({ moved: 100, admitted: 80, refused: 20, reasons }, 0.025)).toBe(
    '20 of 100 moved were refused again (invalid 17, unknown-type 3); at most 2.5 % may be',
  );
});

test('an outcome counts when its move is noted, so that the accounts are exact at any time', () => {
  const moves: readonly Move[] = [
    { id: 'a', did: 'moved', why: null },
    { id: 'b', did: 'moved', why: null },
    { id: 'c', did: 'skipped', why: 'gone' },
    { id: 'd', did: 'failed', why: 'not taken' },
  ];
  const outcome = (letter: string): RedriveOutcome => ({ job: 'job', letter, outcome: 'admitted', reason: null });
  const outcomes = new Map(['a', 'e'].map((letter) => [letter, outcome(letter)]));
  expect(countRedrive(6, new Map(moves.map((move) => [move.id, move])), outcomes)).toEqual({
    ...{ selected: 6, moved: 2, skipped: 1, failed: 1, left: 2 },
    ...{ admitted: 1, refused: 0, unanswered: 1 },
  });
});
