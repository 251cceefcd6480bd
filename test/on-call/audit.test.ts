import { operationsIn, readWhy } from '../../src/core/on-call/audit-operation';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { type Asked, audited, type Ended } from '../../src/on-call/audit';
import type { AuditTrail } from '../../src/ports-on-call';
import { noon } from '../factories';
import { memoryAuditTrail } from '../memory/audit-trail';

const asked: Asked = { action: 'discard', why: 'Test traffic of last night.', what: 'discard --reason invalid' };

/** A trail that does not take these entries; `begun` is number 0. */
const refusing = (trail: AuditTrail, refused: (n: number) => boolean): AuditTrail => {
  let n = 0;
  return {
    ...trail,
    append: (entry, expiresAtMs) =>
      refused(n++) ? Promise.reject(new TypeError('The table is out of reach.')) : trail.append(entry, expiresAtMs),
  };
};

const setting = (refused: (n: number) => boolean = () => false) => {
  const trail = memoryAuditTrail();
  const said = { err: '', found: 0 };
  const clock = virtualClock(noon);
  return {
    clock,
    trail,
    said,
    outside: {
      audit: refusing(trail, refused),
      clock,
      random: seededRandom(1),
      who: () => Promise.resolve('arn:aws:iam::000000000000:user/ada'),
      retentionMs: 86_400_000,
    },
    loud: { err: (text: string) => void (said.err += text), found: () => (said.found += 1) },
  };
};

const outcomesOf = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `letter-${n}`, outcome: 'removed' }));

test('what was done stands between two entries that say who, why and what', async () => {
  const { outside, loud, trail, said, clock } = setting();
  await audited(outside, asked, loud, async () => {
    expect(trail.entries()).toMatchObject([{ stage: 'begun', ...asked, who: 'arn:aws:iam::000000000000:user/ada' }]);
    await clock.advance(1_000);
    return { counts: { removed: 2 }, outcomes: outcomesOf(2) };
  });
  expect(trail.entries()).toMatchObject([
    { stage: 'begun', atMs: noon },
    { stage: 'done', atMs: noon + 1_000, counts: { removed: 2 }, outcomes: outcomesOf(2) },
  ]);
  expect(said).toEqual({ err: '', found: 0 });
});

test('a clock that is set back, as ours is when it learns the time, does not put the end before the beginning', async () => {
  const { outside, loud, trail } = setting();
  let nowMs = noon;
  await audited({ ...outside, clock: { ...outside.clock, nowMs: () => nowMs } }, asked, loud, () => {
    nowMs -= 500;
    return Promise.resolve({ counts: {} });
  });
  expect(trail.entries()).toMatchObject([
    { stage: 'begun', atMs: noon },
    { stage: 'done', atMs: noon },
  ]);
  const read = await trail.read(noon);
  expect(read.map(({ stage }) => stage)).toEqual(['begun', 'done']);
});

test('where the trail cannot be written nothing is done', async () => {
  const { outside, loud, said } = setting(() => true);
  const work = jest.fn(() => Promise.resolve({ counts: {} }));
  await expect(audited(outside, asked, loud, work)).rejects.toThrow('out of reach');
  expect(work).not.toHaveBeenCalled();
  expect(said.err).toContain('Nothing was done');
});

test('where only its end cannot be written, that is said with the counts, and the exit code is not 0', async () => {
  const { outside, loud, said, trail } = setting((n) => n === 1);
  const ended: Ended = await audited(outside, asked, loud, () => Promise.resolve({ counts: { removed: 2, failed: 1 } }));
  expect(ended.counts).toEqual({ removed: 2, failed: 1 });
  expect(said.err).toContain(
    'It was done (2 removed, 1 failed), but the end of the audit trail could not be written (TypeError)',
  );
  expect(said.found).toBe(1);
  expect(operationsIn(trail.entries())).toMatchObject([{ endedAtMs: null }]);
});

test('work that fails leaves an operation that did not come to its end', async () => {
  const { outside, loud, trail } = setting();
  await expect(audited(outside, asked, loud, () => Promise.reject(new Error('No queue.')))).rejects.toThrow('No queue.');
  expect(operationsIn(trail.entries())).toMatchObject([{ action: 'discard', beganAtMs: noon, endedAtMs: null }]);
});

test('more than a hundred outcomes fill several entries of one operation, and none is lost', async () => {
  const { outside, loud, trail } = setting();
  await audited(outside, asked, loud, async ({ note }) => {
    await note(outcomesOf(150));
    return { counts: { removed: 401 }, outcomes: outcomesOf(251) };
  });
  expect(trail.entries().map(({ stage, outcomes }) => [stage, outcomes?.length ?? 0])).toEqual([
    ['begun', 0],
    ['begun', 100],
    ['begun', 50],
    ['begun', 100],
    ['begun', 100],
    ['done', 51],
  ]);
  const [operation] = operationsIn(trail.entries());
  expect(operation).toMatchObject({ counts: { removed: 401 }, outcomes: [...outcomesOf(150), ...outcomesOf(251)] });
});

test('what could not be noted is not done, for the work hears of it', async () => {
  const { outside, loud } = setting((n) => n === 1);
  const work = audited(outside, asked, loud, async ({ note }) => {
    await note(outcomesOf(1));
    return { counts: {} };
  });
  await expect(work).rejects.toThrow('out of reach');
});

test('operations that run beside each other are told apart', async () => {
  const { outside, loud, trail, clock } = setting();
  const both = ['first', 'second'].map((what) =>
    audited(outside, { ...asked, what }, loud, async () => {
      await clock.advance(5);
      return { counts: { [what]: 1 } };
    }),
  );
  await Promise.all(both);
  expect(operationsIn(trail.entries()).map(({ what, counts }) => [what, counts])).toEqual([
    ['first', { first: 1 }],
    ['second', { second: 1 }],
  ]);
});

test.each([
  ['two characters', 'ab', 'of 3 to 500 characters, got 2'],
  ['two characters among spaces', '  ab  ', 'got 2'],
  ['501 characters', 'x'.repeat(501), 'got 501'],
  ['two lines', 'two\nlines', 'control characters'],
  ['a terminal sequence', 'red \u001b[31m', 'control characters'],
  ['a mark that turns the line round', 'turned \u202e round', 'control characters'],
])('%s: no reason', (_, text, problem) => {
  expect(readWhy(text)).toEqual({ problem: expect.stringContaining(problem) as string });
});

test('a reason is kept without the space around it', () => {
  expect(readWhy('  Ticket 4711: été 🚀  ')).toEqual({ why: 'Ticket 4711: été 🚀' });
});
