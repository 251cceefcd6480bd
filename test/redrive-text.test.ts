import { endText, planText } from '../src/commands/dead-letters/redrive-text';
import type { Stopped } from '../src/core/on-call/stopped';
import { planRedrives } from '../src/on-call/redrive-plan';
import { memoryLetterDestination, memoryLetterQueue } from './memory/letter-queue';
import { virtualClock } from '../src/memory/clock';
import { stopped } from './on-call/stopped';

/* What a redrive says before and after. */

const queue = memoryLetterQueue({ clock: virtualClock() });
const outside = { letterQueues: [queue], destinationOf: () => memoryLetterDestination() };
const history = { first: 'first', times: 1, job: 'job', letter: 'letter' };

const passing = (count: number, changed: Partial<Stopped> = {}): readonly Stopped[] =>
  Array.from({ length: count }, (_, n) => stopped({ id: `letter-${n}`, outlook: 'would-pass', ...changed }));

const said = (all: readonly Stopped[], again = false): string =>
  planRedrives(outside, all, { again })
    .map((plan) => planText(plan, { perSecond: 50, stopAt: 0.1 }))
    .join('\n');

test.each([
  [1, '1,'],
  [11, '1, then 10,'],
  [12, '1, then 10, then 100,'],
  [112, '1, then 10, then 100, then the rest,'],
])('of %i it says the rungs that they reach', (count, rungs) => {
  expect(said(passing(count))).toContain(`It would move ${count}: ${rungs} at most 50 a second`);
});

test('each group has its line, the largest first, with what would come of it', () => {
  const text = said([
    ...passing(2),
    ...passing(3, { group: 'other', type: null, reason: 'gave-up', outlook: 'would-duplicate' }),
    ...passing(1, { history }),
  ]);
  expect(text.split('\n').slice(0, 4)).toEqual([
    'queue dead-letters -> queue intake: 6 selected',
    '  group    reason    type     count   would pass   would fail   would duplicate   unknown   skipped',
    '  abc123   invalid   a.type       3            3            0                 0         0         1',
    '  other    gave-up   -            3            0            0                 3         0         0',
  ]);
  expect(text).toContain('It would move 5:');
  expect(text).toContain('1 would be skipped: it failed again after an earlier redrive; --again takes them, too.');
});

test('where all would still fail it says so, and what to mend first; --again takes them all the same', () => {
  const all = passing(3, { outlook: 'would-fail' });
  expect(said(all)).toContain('All of them would still fail, by the schemas of this program: nothing would be moved.');
  expect(said(all)).toContain('tidemark schemas propose --dead-letters');
  expect(said(all, true)).toContain('It would move 3:');
});

test('each place and queue is a plan of its own, and what has nowhere to go is said', () => {
  const plans = planRedrives(
    { ...outside, destinationOf: () => null },
    [stopped(), stopped({ place: 'window', queueUrl: null })],
    { again: true },
  );
  expect(plans.map(({ place, to }) => [place, to])).toEqual([
    ['worker', null],
    ['window', 'the workers'],
  ]);
  expect(planText(plans[0]!, { perSecond: 1, stopAt: 0 })).toContain('It cannot be moved');
});

test('the end accounts for everything that was selected, and says how to go on', () => {
  const counts = { selected: 6, moved: 3, skipped: 1, failed: 1, left: 1, admitted: 1, refused: 1, unanswered: 1 };
  const moves = [
    { id: '1', did: 'moved', why: null },
    { id: '2', did: 'skipped', why: 'gone' },
    { id: '3', did: 'failed', why: 'not taken' },
  ] as const;
  expect(endText({ job: 'job-1', state: 'stopped', because: 'too many', counts }, moves).split('\n')).toEqual([
    'job job-1: stopped, too many',
    '  6 selected = 3 moved + 1 skipped + 1 failed + 1 left',
    '  of those moved: 1 admitted, 1 refused again, 1 without an answer',
    '  1 skipped: gone',
    '  1 failed: not taken',
    '  go on with it: tidemark dead-letters resume job-1',
    '  what was refused again is back, with its history; once mended, redrive takes it with --again: tidemark dead-letters groups --refresh',
    '',
  ]);
});
