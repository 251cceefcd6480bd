import { earlyDueAt, judgeWindow, leaveToNewer, type Look, type Verdict } from '../../src/core/due';
import type { Head } from '../../src/core/items';
import type { WindowSettings } from '../../src/core/window';
import { settings } from './window-settings';

const head = (ending?: number): Head => ({
  layout: 1,
  conversationId: 'c',
  state: 'closing',
  life: 'l',
  finished: 0,
  attempts: 1,
  waits: 0,
  ...(ending === undefined ? {} : { ending }),
});
const judge = (look: Partial<Look>, ending?: number, changed: Partial<WindowSettings> = {}) =>
  judgeWindow(
    { ...settings, ...changed },
    head(ending),
    { complete: true, awaitsAfterCallWork: false, newestMs: 1_000, watermarkMs: 1_000, ...look },
  ); // prettier-ignore

test('a complete window closes once its hold has passed, not a millisecond before', () => {
  expect(judge({ watermarkMs: 1_044 })).toEqual({ kind: 'leave', dueAtMs: 1_045, endingMs: 1_000 });
  expect(judge({ watermarkMs: 1_045 })).toEqual({ kind: 'close', gaveUp: false });
});

test('a newer event puts the close off', () => {
  expect(judge({ newestMs: 1_030, watermarkMs: 1_045 }, 1_000)).toEqual({ kind: 'leave', dueAtMs: 1_075, endingMs: 1_000 });
});

test('but not past the cap after the end was first seen', () => {
  expect(judge({ newestMs: 2_799, watermarkMs: 2_800 }, 1_000)).toEqual({ kind: 'close', gaveUp: false });
  expect(judge({ newestMs: 2_799, watermarkMs: 2_799 }, 1_000)).toEqual({ kind: 'leave', dueAtMs: 2_800, endingMs: 1_000 });
});

test('a conversation whose after-call work is still to come is held longer', () => {
  expect(judge({ awaitsAfterCallWork: true, watermarkMs: 1_045 })).toMatchObject({ kind: 'leave', dueAtMs: 1_300 });
  expect(judge({ awaitsAfterCallWork: true, watermarkMs: 1_300 })).toMatchObject({ kind: 'close' });
});

test('unless that wait is switched off', () => {
  expect(judge({ awaitsAfterCallWork: true, watermarkMs: 1_045 }, undefined, { acwHoldMs: 0 })).toMatchObject({ kind: 'close' });
});

test('an incomplete window waits until it has been idle, then gives up', () => {
  expect(judge({ complete: false, watermarkMs: 10_999 })).toEqual({ kind: 'leave', dueAtMs: 11_000, endingMs: null });
  expect(judge({ complete: false, watermarkMs: 11_000 })).toEqual({ kind: 'close', gaveUp: true });
});

test('a false end does not start the cap: an hour later the true one still waits for its after-call work', () => {
  const falseEnd = judge({ complete: false, watermarkMs: 1_045 }, 1_000);
  expect(falseEnd).toMatchObject({ kind: 'leave', endingMs: null });
  const anHourLater = { awaitsAfterCallWork: true, newestMs: 3_601_000, watermarkMs: 3_601_045 };
  expect(judge(anHourLater)).toMatchObject({ kind: 'leave', dueAtMs: 3_601_300 });
});

describe('an early record', () => {
  const leaveAt = (dueAtMs: number) => ({ kind: 'leave', dueAtMs, endingMs: null }) as const;
  const due = (everyMs: number, leavesAt: number, oldestNewsMs: number | null = 1_000) =>
    earlyDueAt({ ...settings, emitPartialEveryMs: everyMs }, leaveAt(leavesAt), oldestNewsMs);

  test('is due when the oldest news has waited for an interval', () => expect(due(100, 9_000)).toBe(1_100));

  test('is due to no window without news, and to none where early records are off', () => {
    expect(due(100, 9_000, null)).toBeNull();
    expect(due(0, 9_000)).toBeNull();
  });

  test('is not made where the window closes within an interval of it: that record says it all', () => {
    expect(due(100, 1_200)).toBeNull();
    expect(due(100, 1_201)).toBe(1_100);
  });
});

describe('a window with an event that only a newer worker knows', () => {
  const close: Verdict = { kind: 'close', gaveUp: false };
  const quarter = 900_000;
  const leave = (verdict: Verdict, watermarkMs: number, look: Partial<Look> = {}, ending?: number) =>
    leaveToNewer(
      verdict,
      head(ending),
      { complete: true, awaitsAfterCallWork: false, newestMs: 1_000, watermarkMs, ...look },
      1_000,
    );

  test('is left to one, and looked at again soon', () => {
    expect(leave(close, 5_000)).toEqual({ kind: 'leave', dueAtMs: 35_000, endingMs: 1_000 });
    expect(leave(close, 5_000, { complete: false })).toEqual({ kind: 'leave', dueAtMs: 35_000, endingMs: null });
    expect(leave(close, 5_000, {}, 500)).toMatchObject({ endingMs: 500 });
  });

  test('that would have been looked at sooner is, and one that would wait for long is not', () => {
    expect(leave({ kind: 'leave', dueAtMs: 6_000, endingMs: null }, 5_000)).toMatchObject({ dueAtMs: 6_000 });
    expect(leave({ kind: 'leave', dueAtMs: 86_400_000, endingMs: null }, 5_000)).toMatchObject({ dueAtMs: 35_000 });
  });

  test('is like any other once nobody has come for a quarter of an hour, not a millisecond before', () => {
    expect(leave(close, quarter + 999)).toMatchObject({ kind: 'leave', dueAtMs: quarter + 1_000 });
    expect(leave(close, quarter + 1_000)).toBeNull();
  });

  test('and any other window is not left so', () => {
    const look = { complete: true, awaitsAfterCallWork: false, newestMs: 1_000, watermarkMs: 5_000 };
    expect(leaveToNewer(close, head(), look, null)).toBeNull();
  });
});
