import type { Head } from '../../src/core/items';
import { admitToWindow, type Arrival, mayEnd } from '../../src/core/window';
import { aDetail, anEndMark, anEvent } from '../factories';
import { aHead as head, settings } from './window-settings';

const withEarly = { ...settings, emitPartialEveryMs: 30 };

const arrival = (fields: Partial<Arrival> = {}): Arrival => ({ conversationId: 'c', atMs: 1_000, mayEnd: false, ...fields });
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

describe('an arrival, where early records are made every 30 ms', () => {
  const admitEarly = (known: Head | null, fields: Partial<Arrival> = {}) =>
    admitToWindow(withEarly, known, arrival(fields), { nowMs: 5, life: () => 'life' });

  test('without a head creates it due an interval later, ending or not', () => {
    expect(admitEarly(null)?.set).toMatchObject({ state: 'open', dueAt: 1_030 });
    expect(admitEarly(null, { mayEnd: true })?.set).toMatchObject({ dueAt: 1_030, ending: 1_000 });
  });

  test('brings an open window forward, and does not make it end', () => {
    const update = admitEarly(head());
    expect(update).toMatchObject({ expect: { state: 'open', dueAt: 11_000, ending: null }, set: { dueAt: 1_030 } });
    expect(update?.set).not.toHaveProperty('ending');
  });

  test('at a window that is due by then needs no update: one speaks for all the news of an interval', () => {
    expect(admitEarly(head({ dueAt: 1_030 }))).toBeNull();
    expect(admitEarly(head({ dueAt: 1_030 }), { mayEnd: true })?.set).toEqual({ ending: 1_000 });
  });

  test('does not wait for a hold that is longer than the interval', () => {
    expect(admitEarly(head({ state: 'closing' }))?.set).toEqual({ rearmAt: 1_030 });
    expect(admitEarly(head({ state: 'closed' }))?.set).toMatchObject({ state: 'open', dueAt: 1_030 });
  });

  test('where the interval is longer than the hold, an ending window is due after the hold', () => {
    const update = admitToWindow({ ...settings, emitPartialEveryMs: 100 }, head({ ending: 900 }), arrival(), {
      nowMs: 5,
      life: () => 'life',
    });
    expect(update?.set).toEqual({ ending: 900, dueAt: 1_045 });
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
