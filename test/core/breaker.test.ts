import fc from 'fast-check';
import { createBreaker, type Breaker } from '../../src/core/breaker';

const options = { failures: 3, failingMs: 5_000, firstOpenMs: 10_000, longestOpenMs: 60_000, calmMs: 100_000, hearsAnyway: true };

type Kind = 'read' | 'write';

const fail = (breaker: Breaker<Kind>, nowMs: number, kind: Kind = 'write', startedMs = nowMs): void =>
  breaker.failed([kind], { startedMs, nowMs }, 1);

/** Opened at 5,000 by writes; open for 10,000. */
const opened = (): Breaker<Kind> => {
  const breaker = createBreaker<Kind>(options);
  for (const at of [0, 2_500, 5_000]) fail(breaker, at);
  return breaker;
};

/** Probing since 15,000. */
const probing = (): Breaker<Kind> => {
  const breaker = opened();
  breaker.succeeded(['read'], 6_000);
  breaker.look(15_000);
  return breaker;
};

describe('a breaker', () => {
  test('is closed until a kind of call has failed often enough for long enough', () => {
    const breaker = createBreaker<Kind>(options);
    fail(breaker, 0);
    fail(breaker, 1_000);
    fail(breaker, 4_999);
    expect(breaker.mode()).toBe('closed');
    fail(breaker, 5_000);
    expect(breaker.mode()).toBe('open');
  });

  test('does not open on calls that fail now and then', () => {
    const breaker = createBreaker<Kind>(options);
    for (let at = 0; at < 100_000; at += 1_000) {
      fail(breaker, at);
      if (at % 4_000 === 0) breaker.succeeded(['write'], at);
    }
    expect(breaker.mode()).toBe('closed');
  });

  test('opens on one kind of call that only fails, whatever another says', () => {
    const breaker = createBreaker<Kind>(options);
    for (let at = 0; at <= 5_000; at += 1_000) {
      fail(breaker, at);
      breaker.succeeded(['read'], at);
    }
    expect([breaker.mode(), breaker.isBroken('write'), breaker.isBroken('read')]).toEqual(['open', true, false]);
  });

  test('counts the time that failing calls took, but not before a success', () => {
    const hanging = createBreaker<Kind>(options);
    for (let call = 0; call < 3; call++) fail(hanging, 32_000, 'write', 0);
    expect(hanging.mode()).toBe('open');
    const answered = createBreaker<Kind>(options);
    answered.succeeded(['write'], 30_000);
    for (let call = 0; call < 3; call++) fail(answered, 32_000, 'write', 0);
    expect(answered.mode()).toBe('closed');
  });

  test('lets nobody through while it is open, and waits for an answer however long it takes', () => {
    const breaker = opened();
    expect([breaker.takeTurn(5_000), breaker.takeTurn(10_000_000)]).toEqual([false, false]);
    expect(breaker.waitMs(10_000_000)).toBe(Infinity);
  });

  test('probes after its time without having heard anything, where nobody calls meanwhile', () => {
    const breaker = createBreaker<Kind>({ ...options, hearsAnyway: false });
    for (const at of [0, 2_500, 5_000]) fail(breaker, at);
    expect([breaker.takeTurn(14_999), breaker.waitMs(14_999)]).toEqual([false, 1]);
    expect([breaker.takeTurn(15_000), breaker.mode()]).toEqual([true, 'probing']);
    fail(breaker, 15_500);
    expect([breaker.mode(), breaker.waitMs(15_500)]).toEqual(['open', 20_000]);
  });

  test('stays open for its time even when something else answers', () => {
    const breaker = opened();
    breaker.succeeded(['read'], 6_000);
    expect([breaker.takeTurn(14_999), breaker.waitMs(14_999)]).toEqual([false, 1]);
    expect(breaker.takeTurn(15_000)).toBe(true);
  });

  test('lets one through at a time while it is probing', () => {
    const breaker = probing();
    expect([breaker.takeTurn(15_000), breaker.takeTurn(15_000)]).toEqual([true, false]);
    breaker.endTurn();
    expect(breaker.takeTurn(16_000)).toBe(true);
    expect(breaker.mode()).toBe('probing');
  });

  test('closes when what had failed succeeds', () => {
    const breaker = probing();
    breaker.succeeded(['read'], 15_500);
    expect(breaker.mode()).toBe('probing');
    breaker.succeeded(['write'], 16_000);
    expect(breaker.mode()).toBe('closed');
  });

  test('closes when what had failed is not even tried for a while', () => {
    const breaker = probing();
    breaker.look(114_999);
    expect(breaker.mode()).toBe('probing');
    breaker.look(115_000);
    expect(breaker.mode()).toBe('closed');
  });

  test('where everything that failed has succeeded meanwhile, it closes as soon as its time is up', () => {
    const breaker = opened();
    breaker.succeeded(['write'], 6_000);
    expect(breaker.mode()).toBe('open');
    expect([breaker.takeTurn(15_000), breaker.mode()]).toEqual([true, 'closed']);
  });

  test('opens for longer each time, up to its longest, and begins anew after a calm', () => {
    const breaker = opened();
    const waits = [];
    let now = 5_000;
    for (let round = 0; round < 5; round++) {
      breaker.succeeded(['read'], now);
      waits.push(breaker.waitMs(now));
      now += breaker.waitMs(now);
      breaker.look(now);
      fail(breaker, now);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
    breaker.succeeded(['write'], now);
    breaker.look((now += 60_000));
    expect(breaker.mode()).toBe('closed');
    now += options.calmMs + 1;
    for (const at of [now, now + 2_500, now + 5_000]) fail(breaker, at);
    breaker.succeeded(['read'], now + 5_000);
    expect(breaker.waitMs(now + 5_000)).toBe(10_000);
  });

  test('counts as silence what passed between its opening and the first answer', () => {
    const breaker = opened();
    expect(breaker.silentMs(8_000)).toBe(3_000);
    breaker.succeeded(['read'], 9_000);
    expect(breaker.silentMs(50_000)).toBe(4_000);
  });

  test('whatever happened, once everything succeeds it is closed soon, and for good', () => {
    const step = fc.record({
      isFailure: fc.boolean(),
      kind: fc.constantFrom<Kind>('read', 'write'),
      takesTurn: fc.boolean(),
      afterMs: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const breaker = createBreaker<Kind>(options);
        let now = 0;
        for (const { isFailure, kind, takesTurn, afterMs } of steps) {
          const startedMs = now;
          now += afterMs;
          if (takesTurn) breaker.takeTurn(now);
          if (isFailure) fail(breaker, now, kind, startedMs);
          else breaker.succeeded([kind], now);
        }
        breaker.succeeded(['read', 'write'], now);
        breaker.look(now + options.longestOpenMs);
        expect(breaker.mode()).toBe('closed');
        expect([breaker.takeTurn(now + options.longestOpenMs), breaker.takeTurn(now + options.longestOpenMs)]).toEqual([
          true,
          true,
        ]);
      }),
    );
  });

  test('while nothing succeeds, at most one goes through at a time, and none after it has opened', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 3, maxLength: 60 }), (pauses) => {
        const breaker = createBreaker<Kind>(options);
        let now = 0;
        for (const pause of pauses) {
          const startedMs = now;
          now += pause;
          const isOpen = breaker.mode() === 'open';
          if (isOpen) expect(breaker.takeTurn(now)).toBe(false);
          fail(breaker, now, 'write', startedMs);
          if (isOpen) expect(breaker.mode()).toBe('open');
        }
      }),
    );
  });
});
