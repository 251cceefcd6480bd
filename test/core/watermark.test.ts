import { createIntakeWatermark } from '../../src/core/watermark';

const message = (sentAtMs: number, receiveCount = 1) => ({ handle: `h${sentAtMs}`, sentAtMs, receiveCount });

describe("a worker's watermark", () => {
  const make = (initialMs = 0) => createIntakeWatermark({ outOfOrdernessMs: 10, ghostMs: 100, visibilityMs: 60, initialMs });

  test('knows nothing before it has received', () => {
    expect(make().value(0)).toBe(0);
    expect(make(500).value(0)).toBe(500);
  });

  test('is the bound behind the newest it has seen, once nothing is in hand', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [message(1_000)], 0);
    mark.deleted([message(1_000)]);
    expect(mark.value(0)).toBe(990);
  });

  test('does not pass a message in hand', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [message(1_000), message(900)], 0);
    expect(mark.value(0)).toBe(900);
    mark.deleted([message(900)]);
    expect(mark.value(0)).toBe(990);
  });

  test('does not pass what it was when an outstanding receive began', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollStarted(2, 0, 0);
    mark.pollReturned(1, [message(1_000)], 0);
    mark.deleted([message(1_000)]);
    expect(mark.value(0)).toBe(0);
    mark.pollReturned(2, [message(950)], 0);
    expect(mark.value(0)).toBe(950);
  });

  test('moves on while receives always overlap', () => {
    const mark = make();
    for (let poll = 0; poll < 100; poll++) {
      mark.pollStarted(poll, 0, 0);
      const sent = message(1_000 + poll);
      if (poll === 0) continue;
      mark.pollReturned(poll - 1, [sent], 0);
      mark.deleted([sent]);
    }
    expect(mark.value(0)).toBeGreaterThan(1_080);
  });

  test('is lifted to the start of a long poll that found nothing', () => {
    const mark = make();
    mark.pollStarted(1, 5_000, 0);
    mark.pollReturned(1, [], 20);
    expect(mark.value(20)).toBe(4_990);
  });

  test('is not lifted by an empty poll while what it kept may be on its way to another', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [message(1_000)], 0);
    mark.kept([message(1_000)], 0);
    mark.pollStarted(2, 5_000, 0);
    mark.pollReturned(2, [], 99);
    expect(mark.value(99)).toBe(1_000);
  });

  test('moves on in an idle queue after a message that was kept, though nothing is ever deleted again', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [message(1_000)], 0);
    mark.kept([message(1_000)], 0);
    mark.pollStarted(2, 5_000, 150);
    mark.pollReturned(2, [], 170);
    expect(mark.value(170)).toBe(4_990);
  });

  test('moves on while polls fail now and then: the ghost of one is not handed on to the next', () => {
    const mark = make();
    for (let poll = 0; poll < 20; poll++) {
      const nowMs = 40 * poll;
      mark.pollStarted(poll, 1_000 + nowMs, nowMs);
      if (poll % 2 === 0) mark.pollReturned(poll, [], nowMs + 20);
      else mark.pollFailed(poll, nowMs + 20);
    }
    expect(mark.value(800)).toBeGreaterThan(1_600);
  });

  test('has no say while every poll fails: a worker that is cut off holds nobody back', () => {
    const mark = make();
    mark.pollStarted(0, 1_000, 0);
    mark.pollReturned(0, [], 0);
    for (let poll = 1; poll < 40; poll++) {
      mark.pollStarted(poll, 1_000, 10 * poll);
      mark.pollFailed(poll, 10 * poll);
    }
    expect(mark.value(400)).toBeNull();
    expect(mark.floor(400)).toBeNull();
  });

  test('is not held for ever by a message that comes back again and again', () => {
    const mark = make();
    mark.pollStarted(0, 0, 0);
    mark.pollReturned(0, [message(1_000, 30)], 0);
    mark.kept([message(1_000, 30)], 0);
    expect(mark.value(0)).toBe(990);
    mark.pollStarted(1, 2_000, 0);
    mark.pollReturned(1, [], 20);
    mark.pollStarted(2, 0, 60);
    mark.pollReturned(2, [message(1_000, 31)], 90);
    mark.kept([message(1_000, 31)], 90);
    expect(mark.value(101)).toBe(1_990);
  });

  test('is haunted by what left its hands undeleted, until another has had time to receive it', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [message(1_000), message(400)], 0);
    mark.deleted([message(1_000)]);
    mark.kept([message(400)], 50);
    expect(mark.value(149)).toBe(400);
    mark.pollStarted(2, 2_000, 149);
    mark.pollReturned(2, [], 150);
    expect(mark.value(151)).toBe(1_990);
  });

  test('is haunted in a backlog until the queue has got to where what came back may lie, behind it all', () => {
    const mark = make();
    mark.pollStarted(1, 50_000, 0);
    mark.pollReturned(1, [message(1_000), message(400)], 0);
    mark.deleted([message(1_000)]);
    mark.kept([message(400)], 50);
    const receive = (poll: number, sentAtMs: number, atMs: number) => {
      mark.pollStarted(poll, 50_000 + atMs, atMs);
      mark.pollReturned(poll, [message(sentAtMs)], atMs);
      mark.deleted([message(sentAtMs)]);
      return mark.value(atMs);
    };
    expect(receive(2, 30_000, 130)).toBe(400);
    expect(receive(3, 50_109, 200)).toBe(400);
    expect(receive(4, 50_110, 210)).toBe(50_100);
  });

  test('is haunted by a poll whose answer was lost', () => {
    const mark = make(700);
    mark.pollStarted(1, 0, 0);
    mark.pollFailed(1, 0);
    mark.pollStarted(2, 5_000, 0);
    mark.pollReturned(2, [], 20);
    expect(mark.value(99)).toBe(700);
    expect(mark.value(101)).toBe(4_990);
  });

  test('stops counting a message held past the time at which another has it', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [message(400), message(1_000)], 0);
    mark.deleted([message(1_000)]);
    mark.pollStarted(2, 2_000, 90);
    mark.pollReturned(2, [], 90);
    expect(mark.value(99)).toBe(400);
    expect(mark.value(101)).toBe(1_990);
  });

  test('has no say when no receive has completed for so long, but for its floor', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [], 0);
    mark.pollStarted(2, 0, 50);
    mark.pollReturned(2, [message(400)], 50);
    mark.pollStarted(3, 0, 60);
    expect(mark.value(149)).toBe(390);
    expect(mark.value(151)).toBeNull();
  });

  test('leaves its floor behind', () => {
    const mark = make();
    expect(mark.floor(0)).toBeNull();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [message(400)], 0);
    mark.kept([message(400)], 0);
    expect(mark.floor(0)).toBe(400);
  });

  test('measures how far behind the newest a message comes', () => {
    const mark = make();
    mark.pollStarted(1, 0, 0);
    mark.pollReturned(1, [message(1_000)], 0);
    expect([mark.disorder(400), mark.disorder(1_200)]).toEqual([600, 0]);
  });
});
