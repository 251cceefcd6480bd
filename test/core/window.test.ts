import type { Head } from '../../src/core/items';
import { admitToWindow, type Arrival, mayEnd } from '../../src/core/window';
import {
  claimWindow,
  type Finish,
  finishWindow,
  leaveWindow,
  parkWindow,
  releaseFailed,
  renewLease,
  waitForDetails,
} from '../../src/core/window-close';
import { aDetail, anEndMark, anEvent } from '../factories';
import { settings } from './window-settings';

const arrival = (fields: Partial<Arrival> = {}): Arrival => ({ conversationId: 'c', atMs: 1_000, mayEnd: false, ...fields });
const head = (fields: Partial<Head> = {}): Head => ({
  layout: 1,
  conversationId: 'c',
  state: 'open',
  life: 'life',
  finished: 0,
  attempts: 0,
  waits: 0,
  dueAt: 11_000,
  dueOn: 'Q#000',
  ...fields,
});
const admit = (known: Head | null, fields: Partial<Arrival> = {}) =>
  admitToWindow(settings, known, arrival(fields), { nowMs: 5, life: () => 'life' });

describe('an arrival', () => {
  test('without a head creates it open, due when idle', () => {
    expect(admit(null)).toEqual({
      conversationId: 'c',
      expiresAtMs: 1_000_005,
      expect: 'missing',
      set: { state: 'open', life: 'life', finished: 0, attempts: 0, waits: 0, dueAt: 11_000, dueOn: 'Q#000' },
    });
  });

  test('that may end the conversation creates it ending, due after the hold', () => {
    expect(admit(null, { mayEnd: true })?.set).toMatchObject({ dueAt: 1_045, ending: 1_000 });
  });

  test('at an open window that is not ending needs no update', () => {
    expect(admit(head())).toBeNull();
  });

  test('that may end brings an open window forward, if what was read still holds', () => {
    expect(admit(head(), { mayEnd: true })).toMatchObject({
      expect: { state: 'open', dueAt: 11_000, ending: null },
      set: { ending: 1_000, dueAt: 1_045 },
    });
  });

  test('at an ending window does not put it off', () => {
    expect(admit(head({ ending: 900, dueAt: 945 }))).toBeNull();
  });

  test('at an ending window that is due late brings it forward, and keeps when the end was first seen', () => {
    expect(admit(head({ ending: 900 }))).toMatchObject({ set: { ending: 900, dueAt: 1_045 } });
  });

  test('at a closing window re-arms it, on condition that it is closing', () => {
    expect(admit(head({ state: 'closing' }))).toMatchObject({
      expect: { state: 'closing', rearmAt: null },
      set: { rearmAt: 1_045 },
    });
  });

  test('at a closing window that is re-armed already needs no update', () => {
    expect(admit(head({ state: 'closing', rearmAt: 1 }))).toBeNull();
  });

  test('at a closed window opens it again, whatever it is', () => {
    expect(admit(head({ state: 'closed' }))).toMatchObject({
      expect: { state: 'closed' },
      set: { state: 'open', dueAt: 1_045, dueOn: 'Q#000' },
      remove: ['ending'],
    });
    expect(admit(head({ state: 'closed' }), { mayEnd: true })).toMatchObject({ set: { ending: 1_000 }, remove: [] });
  });

  test('at a parked window changes nothing: its events are stored', () => {
    expect(admit(head({ state: 'parked' }), { mayEnd: true })).toBeNull();
  });

  test('puts off the expiry of the head with every write', () => {
    expect(admit(head(), { mayEnd: true })?.expiresAtMs).toBe(1_000_005);
  });
});

describe('what may end a conversation', () => {
  test.each([
    ['customer.end', anEvent({ type: 'customer.end' }), true],
    ['user.end', anEvent({ type: 'user.end' }), true],
    ['user.start', anEvent({ type: 'user.start' }), false],
    ['acw', anEvent({ type: 'acw' }), false],
    ['a disconnected state', aDetail({ data: { status: 'Disconnected' } }), true],
    ['a connected state', aDetail({ data: { status: 'connected' } }), false],
    ['another detail', aDetail({ name: 'participant:added', data: { status: 'disconnected' } }), false],
    ['an end mark', anEndMark(), true],
  ])('%s', (_name, event, expected) => expect(mayEnd(event)).toBe(expected));
});

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
    expect(set).toEqual({ dueAt: 100, lastError: 'boom' });
  });

  test('that failed for no fault of its window forgets its attempts', () => {
    const { set } = releaseFailed(settings, { ...closing, attempts: 3 }, { error: 'boom', gapMs: 30, counts: false }, 70);
    expect(set).toEqual({ dueAt: 100, lastError: 'boom', attempts: 0 });
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

  test('that parks takes the window out of the index', () => {
    expect(parkWindow(settings, closing, 0)).toMatchObject({ set: { state: 'parked' }, remove: ['token', 'dueAt', 'dueOn'] });
  });
});
