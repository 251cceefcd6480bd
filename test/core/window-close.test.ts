import type { Head } from '../../src/core/items';
import {
  claimWindow,
  type Finish,
  finishWindow,
  leaveWindow,
  paneOfClose,
  parkWindow,
  releaseFailed,
  renewLease,
  waitForDetails,
} from '../../src/core/window-close';
import { aHead as head, settings } from './window-settings';

describe('a close', () => {
  const closing = head({ state: 'closing', token: 'fence', attempts: 3, waits: 1, dueAt: 100, dueOn: 'W#000' });
  const done: Finish = { finished: 4, own: true, pane: 'on_time', leave: null, watermarkMs: 2_000 };

  test('claims only the window it saw, counts the attempt, and leaves rearmAt alone', () => {
    const update = claimWindow(settings, { conversationId: 'c', dueAt: 11_000, dueOn: 'Q#000' }, 'fence', 50);
    expect(update).toMatchObject({
      expect: { dueAt: 11_000, dueOn: 'Q#000' },
      set: { state: 'closing', token: 'fence', dueAt: 110, dueOn: 'W#000' },
      addAttempt: true,
    });
    expect(update.remove).toBeUndefined();
  });

  test('fences every later update by its own token', () => {
    const updates = [
      renewLease(settings, closing, 0),
      leaveWindow(settings, closing, { dueAtMs: 1, endingMs: null }, 0),
      waitForDetails(settings, closing, { gapMs: 1, counts: true }, 0),
      releaseFailed(settings, closing, { error: 'x', gapMs: 1, counts: true }, 0),
      parkWindow(settings, closing, 0),
      finishWindow(settings, closing, done, 0),
      finishWindow(settings, closing, { ...done, own: false }, 0),
    ];
    for (const { expect: condition } of updates) expect(condition).toMatchObject({ state: 'closing', token: 'fence' });
  });

  test('gives its token up with every update that ends it', () => {
    const updates = [
      leaveWindow(settings, closing, { dueAtMs: 1, endingMs: null }, 0),
      waitForDetails(settings, closing, { gapMs: 1, counts: true }, 0),
      releaseFailed(settings, closing, { error: 'x', gapMs: 1, counts: true }, 0),
      parkWindow(settings, closing, 0),
      finishWindow(settings, closing, done, 0),
      finishWindow(settings, closing, { ...done, own: false }, 0),
    ];
    for (const { remove } of updates) expect(remove).toContain('token');
  });

  test('leaves for whichever comes sooner, its own time or the re-arming', () => {
    const left = (rearmAt?: number) =>
      leaveWindow(settings, { ...closing, ...(rearmAt === undefined ? {} : { rearmAt }) }, { dueAtMs: 500, endingMs: 400 }, 0);
    expect(left().set).toMatchObject({ state: 'open', dueAt: 500, dueOn: 'Q#000', attempts: 0, ending: 400 });
    expect(left(450).set.dueAt).toBe(450);
    expect(left(550).set.dueAt).toBe(500);
    expect(left(450).expect).toMatchObject({ rearmAt: 450 });
  });

  test('forgets an end that was none', () => {
    expect(leaveWindow(settings, closing, { dueAtMs: 1, endingMs: null }, 0).remove).toContain('ending');
  });

  test('that waits for Genesys has not failed', () => {
    expect(waitForDetails(settings, closing, { gapMs: 30, counts: true }, 70).set).toEqual({ dueAt: 100, attempts: 0, waits: 2 });
    expect(waitForDetails(settings, closing, { gapMs: 30, counts: false }, 70).set).toEqual({
      dueAt: 100,
      attempts: 0,
      waits: 1,
    });
  });

  test('that failed keeps its attempt and says why', () => {
    const { set } = releaseFailed(settings, closing, { error: 'boom', gapMs: 30, counts: true }, 70);
    expect(set).toEqual({ dueAt: 100, lastError: 'boom', failedAttempt: 3 });
  });

  test('that failed for no fault of its window forgets its attempts', () => {
    const { set, remove } = releaseFailed(settings, { ...closing, attempts: 3 }, { error: 'boom', gapMs: 30, counts: false }, 70);
    expect(set).toEqual({ dueAt: 100, lastError: 'boom', attempts: 0 });
    expect(remove).toContain('failedAttempt');
  });

  test('of its own record closes the window, if nobody re-armed it', () => {
    const update = finishWindow(settings, closing, done, 0);
    expect(update.set).toEqual({ finished: 4, attempts: 0, waits: 0, state: 'closed' });
    expect(update.expect).toMatchObject({ rearmAt: null });
    expect(update.remove).toEqual(expect.arrayContaining(['dueAt', 'dueOn', 'ending', 'rearmAt']));
  });

  test('of its own record leaves the window open when it was re-armed', () => {
    const { set, expect: condition } = finishWindow(settings, { ...closing, rearmAt: 2_500 }, done, 0);
    expect(set).toMatchObject({ finished: 4, state: 'open', dueAt: 2_500, dueOn: 'Q#000' });
    expect(condition).toMatchObject({ rearmAt: 2_500 });
  });

  test("of somebody else's record leaves the window open, due at once", () => {
    expect(finishWindow(settings, closing, { ...done, own: false }, 0).set).toMatchObject({ state: 'open', dueAt: 2_000 });
  });

  const early: Finish = { ...done, pane: 'early', leave: { dueAtMs: 7_000, endingMs: 900 } };

  test('of its own early record leaves the window as if there had been none', () => {
    const { set, remove } = finishWindow(settings, { ...closing, finished: 3 }, early, 0);
    expect(set).toEqual({ finished: 4, attempts: 0, waits: 0, state: 'open', dueAt: 7_000, dueOn: 'Q#000', ending: 900 });
    expect(remove).toEqual(expect.arrayContaining(['token', 'rearmAt', 'lastError']));
    const rearmed = finishWindow(settings, { ...closing, rearmAt: 2_500 }, early, 0);
    expect(rearmed).toMatchObject({ expect: { rearmAt: 2_500 }, set: { state: 'open', dueAt: 2_500 } });
    const falseEnd = { ...early, leave: { dueAtMs: 7_000, endingMs: null } };
    expect(finishWindow(settings, closing, falseEnd, 0).remove).toContain('ending');
  });

  test("of somebody else's early record leaves the window open, due at once, and its cap where it was", () => {
    const { set, remove } = finishWindow(settings, { ...closing, ending: 900 }, { ...early, own: false, leave: null }, 0);
    expect(set).toMatchObject({ state: 'open', dueAt: 2_000, finished: 4 });
    expect(set).not.toHaveProperty('ending');
    expect(remove).not.toContain('ending');
  });

  test('remembers that all records were early until one is not', () => {
    const mark = (before: Partial<Head>, finish: Finish) => {
      const { set, remove = [] } = finishWindow(settings, { ...closing, ...before }, finish, 0);
      return [set.onlyEarly ?? false, remove.includes('onlyEarly')];
    };
    expect(mark({ finished: 0 }, early)).toEqual([true, false]);
    expect(mark({ finished: 0 }, { ...early, own: false, leave: null })).toEqual([true, false]);
    expect(mark({ finished: 1 }, early)).toEqual([false, false]);
    expect(mark({ finished: 1, onlyEarly: true }, done)).toEqual([false, true]);
    expect(mark({ finished: 1, onlyEarly: true }, { ...done, own: false, pane: 'late' })).toEqual([false, true]);
    expect(mark({ finished: 1, onlyEarly: true }, { ...done, pane: null })).toEqual([false, false]);
  });

  test('takes away the mark that it was claimed with, on condition that it is still there, and only where it has compared', () => {
    const marked = { ...closing, rebuild: 'records one' };
    const served = finishWindow(settings, marked, { ...done, rebuild: 'records one' }, 0);
    expect(served.expect).toMatchObject({ rebuild: 'records one', token: 'fence' });
    expect(served.remove).toContain('rebuild');
    const others: readonly Finish[] = [
      { ...done, rebuild: undefined },
      { ...done, rebuild: 'records two' },
      { ...done, rebuild: 'records one', own: false },
      { ...early, rebuild: 'records one' },
    ];
    for (const other of others) expect(finishWindow(settings, marked, other, 0).remove).not.toContain('rebuild');
    expect(finishWindow(settings, closing, done, 0).expect).not.toHaveProperty('rebuild');
  });

  test('is on time if no other close of this life came to its end, and late ever after', () => {
    expect(paneOfClose(head({ finished: 0 }))).toBe('on_time');
    expect(paneOfClose(head({ finished: 2, onlyEarly: true }))).toBe('on_time');
    expect(paneOfClose(head({ finished: 2 }))).toBe('late');
  });

  test("that parks takes the window out of every timer's sight, to where a person finds it", () => {
    const { set, remove } = parkWindow(settings, closing, 77);
    expect(set).toMatchObject({ state: 'parked', dueAt: 77, dueOn: 'P' });
    expect(remove).toEqual(['token', 'failedAttempt']);
  });

  test.each<[string, Partial<Head>, string]>([
    ['what its last attempt failed with', { lastError: 'boom', failedAttempt: 3 }, 'boom'],
    ['that nobody ever said a word', {}, 'The last 3 closes ended without a word: their process died or hung.'],
    [
      'that nobody said a word since an attempt that did',
      { lastError: 'boom', failedAttempt: 1 },
      'The last 2 closes ended without a word: their process died or hung. Before them: boom',
    ],
    [
      'that nobody said a word since something that was not its fault',
      { lastError: 'throttled' },
      'The last 3 closes ended without a word: their process died or hung. Before them: throttled',
    ],
    [
      'that nobody said a word, where an older version forgot',
      { failedAttempt: 9 },
      'The last 3 closes ended without a word: their process died or hung.',
    ],
  ])('that parks says why: %s', (_, before, why) => {
    expect(parkWindow(settings, { ...closing, attempts: 4, ...before }, 0).set.lastError).toBe(why);
  });
});
