import fc from 'fast-check';
import { compareEvents, orderDistinct } from '../../src/core/order';
import { aDetail, anEndMark, anEvent, minute, orgId } from '../factories';

const types = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type);

describe('order', () => {
  test('at one instant starts come before ends', () => {
    const events = ['acw', 'customer.end', 'user.end', 'user.start', 'customer.start'].map((type) => anEvent({ type }));
    expect(types(events.sort(compareEvents))).toEqual(['customer.start', 'user.start', 'user.end', 'customer.end', 'acw']);
  });

  test('an end mark comes last, whatever its clock said', () => {
    const events = [anEndMark({ at: 0 }), anEvent({ at: minute(9) }), anEvent({ at: minute(1), type: 'acw' })];
    expect(types(events.sort(compareEvents))).toEqual(['acw', 'customer.start', 'conversation.end']);
  });

  test('a detail is ordered by its envelope, then by its sequence, never by its own clock', () => {
    const second = aDetail({ envelopeAt: minute(1), sequence: 2, at: minute(0) });
    const first = aDetail({ envelopeAt: minute(1), sequence: 1, at: minute(5) });
    const later = aDetail({ envelopeAt: minute(2), sequence: 1, at: minute(0) });
    expect([later, second, first].sort(compareEvents)).toEqual([first, second, later]);
  });

  test('ties break on participant, session and fingerprint, by code units', () => {
    const upper = anEvent({ participant: 'B' });
    const lower = anEvent({ participant: 'a' });
    const session2 = anEvent({ participant: 'a', session: 'session-2' });
    expect([session2, lower, upper].sort(compareEvents)).toEqual([upper, lower, session2]);
    const twins = [anEvent({ body: { provider: 'x' } }), anEvent({ body: { provider: 'y' } })].sort(compareEvents);
    expect(twins[0]!.fingerprint < twins[1]!.fingerprint).toBe(true);
  });

  test('two events that are told apart are never equal, and any arrival order gives the same one', () => {
    const some = fc.record({
      at: fc.integer({ min: 0, max: 2 }),
      type: fc.constantFrom('user.start', 'user.end', 'acw'),
      participant: fc.constantFrom(null, 'p', 'P'),
      session: fc.constantFrom(null, 's', 'S'),
      body: fc.record({ provider: fc.constantFrom('x', 'y') }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (fields) => {
        const events = fields.map(anEvent);
        const ordered = orderDistinct(events);
        expect(orderDistinct(events.toReversed())).toEqual(ordered);
        expect(new Set(ordered.map((event) => event.fingerprint)).size).toBe(ordered.length);
        for (const [index, event] of ordered.entries()) {
          if (index > 0) expect(compareEvents(ordered[index - 1]!, event)).toBeLessThan(0);
        }
      }),
    );
  });
});

describe('copies of one fact', () => {
  test('a fact that was stored under two order keys is there once, read by the newer schema', () => {
    const before = anEvent({ rank: 1, schemaVersion: 1 });
    const after = anEvent({ rank: 7, schemaVersion: 2 });
    expect(orderDistinct([before, after])).toEqual([after]);
    expect(orderDistinct([after, before])).toEqual([after]);
  });

  test('the copy that knows the organisation counts, even if an older schema read it', () => {
    const bare = anEvent({ org: null, schemaVersion: 2 });
    const whole = anEvent({ org: orgId, schemaVersion: 1 });
    expect(orderDistinct([whole, bare])).toEqual([whole]);
    expect(orderDistinct([bare, whole])).toEqual([whole]);
  });
});
