import { createFleetView } from '../../src/core/fleet-view';
import type { FleetMember } from '../../src/core/items';
import { ownedShards } from '../../src/core/ownership';

describe("the fleet's watermark", () => {
  const member = (
    workerId: string,
    counter: number,
    watermarkMs: number | null,
    more: Partial<FleetMember> = {},
  ): FleetMember => ({
    workerId,
    counter,
    watermarkMs,
    fleetWatermarkMs: 0,
    hasReceived: true,
    leaving: false,
    ...more,
  });
  const make = () => createFleetView({ aliveMs: 20, ghostMs: 100, returnMs: 60 });
  /** The queue is read as it comes. */
  const live = (atMs: number) => ({ nowMs: atMs, seenMs: atMs });

  test('is the lowest of its members, and never goes back', () => {
    const view = make();
    view.observe([member('a', 1, 500), member('b', 1, 300)], 0, live(0));
    expect(view.watermarkMs()).toBe(300);
    view.observe([member('a', 2, 500), member('b', 2, 200)], 1, live(1));
    expect(view.watermarkMs()).toBe(300);
  });

  test('leaves out who has no say', () => {
    const view = make();
    view.observe([member('a', 1, 500), member('b', 1, null)], 0, live(0));
    expect(view.watermarkMs()).toBe(500);
  });

  test('does not let a ghost grow older while receiving stands still, and takes its worker for dead all the same', () => {
    const view = make();
    const observe = (at: number, receivingMs: number) =>
      view.observe([member('a', at + 1, 900), member('b', 1, 300)], at, { nowMs: at, seenMs: 5_000, receivingMs });
    for (let at = 0; at < 1_000; at += 10) observe(at, Math.min(at, 10));
    expect([view.watermarkMs(), view.liveWorkers(990), view.forgotten(990)]).toEqual([300, ['a'], []]);
    for (let at = 1_000; at <= 1_090; at += 10) observe(at, at - 990);
    expect([view.watermarkMs(), view.forgotten(1_090)]).toEqual([300, []]);
    observe(1_100, 110);
    expect([view.watermarkMs(), view.forgotten(1_100)]).toEqual([900, ['b']]);
  });

  test('waits for a dead worker until its messages are with another, then no longer', () => {
    const view = make();
    view.observe([member('a', 1, 500), member('b', 1, 300)], 0, live(0));
    for (let at = 9; at < 100; at += 10) view.observe([member('a', at, 900), member('b', 1, 300)], at, live(at));
    expect(view.watermarkMs()).toBe(300);
    expect(view.liveWorkers(99)).toEqual(['a']);
    view.observe([member('a', 100, 900), member('b', 1, 300)], 101, live(101));
    expect(view.watermarkMs()).toBe(900);
    expect(view.forgotten(101)).toEqual(['b']);
  });

  test('waits for a dead worker in a backlog until the queue has got to where its messages may lie, behind it all', () => {
    const view = make();
    const observe = (atMs: number, seenMs: number) => {
      view.observe([member('a', atMs + 1, 900), member('b', 1, 300)], atMs, { nowMs: atMs, seenMs });
      return [view.watermarkMs(), view.forgotten(atMs)];
    };
    for (let at = 0; at < 200; at += 10) expect(observe(at, 59)).toEqual([300, []]);
    expect(observe(200, 60)).toEqual([900, ['b']]);
  });

  test('takes nobody for dead whom it could not see: the time in which the table did not answer is not their silence', () => {
    const view = make();
    view.observe([member('a', 1, 500), member('b', 1, 300)], 0, live(0));
    view.observe([member('a', 2, 900), member('b', 1, 300)], 150, live(150));
    expect([view.watermarkMs(), view.forgotten(150)]).toEqual([300, []]);
    view.observe([member('a', 3, 900), member('b', 2, 400)], 155, live(155));
    expect([view.watermarkMs(), view.liveWorkers(155)]).toEqual([400, ['a', 'b']]);
  });

  test('is not held back by workers that die at every start, before they have received anything', () => {
    const view = make();
    view.observe([member('a', 1, 500)], 0, live(0));
    view.observe([member('a', 2, 900), member('crashed', 1, 500, { hasReceived: false })], 10, live(10));
    view.observe([member('a', 3, 900), member('crashed', 1, 500, { hasReceived: false })], 25, live(25));
    expect(view.watermarkMs()).toBe(500);
    view.observe([member('a', 4, 900), member('crashed', 1, 500, { hasReceived: false })], 31, live(31));
    expect(view.watermarkMs()).toBe(900);
  });

  test('counts the floor of one that left, who owns nothing any more', () => {
    const view = make();
    view.observe([member('a', 1, 500), member('b', 1, 400, { leaving: true })], 0, live(0));
    expect(view.watermarkMs()).toBe(400);
    expect(view.liveWorkers(0)).toEqual(['a']);
  });

  test('is handed on to a newcomer', () => {
    const view = make();
    view.observe([member('a', 1, 100, { fleetWatermarkMs: 800 })], 0, live(0));
    expect(view.watermarkMs()).toBe(800);
  });
});

describe('ownership of shards', () => {
  test('covers every shard, each once, among those who see the same fleet', () => {
    const workers = ['a', 'b', 'c'];
    const owned = workers.flatMap((worker) => ownedShards(worker, workers, 64));
    expect([...owned].sort((x, y) => x - y)).toEqual(Array.from({ length: 64 }, (_, shard) => shard));
  });

  test('gives nobody more than an equal share, and in a fleet larger than the number of shards each to one of its own', () => {
    const fleetOf = (size: number) => Array.from({ length: size }, (_, worker) => `worker-${String(worker)}`);
    const mostOf = (size: number, shards: number) =>
      Math.max(...fleetOf(size).map((worker) => ownedShards(worker, fleetOf(size), shards).length));
    expect([mostOf(2, 16), mostOf(4, 16), mostOf(8, 16), mostOf(5, 16), mostOf(100, 16)]).toEqual([8, 4, 2, 4, 1]);
  });

  test('moves little more than the share of a worker that dies', () => {
    const fleet = ['a', 'b', 'c', 'd'];
    const ownerIn = (workers: readonly string[], shard: number) =>
      workers.find((worker) => ownedShards(worker, workers, 64).includes(shard));
    const left = fleet.slice(0, -1);
    const moved = Array.from({ length: 64 }, (_, shard) => shard).filter(
      (shard) => ownerIn(fleet, shard) !== ownerIn(left, shard),
    );
    // 16 were its own.
    expect(moved.length).toBeLessThanOrEqual(24);
  });

  test('is everything for one who is alone, even unseen', () => {
    expect(ownedShards('a', [], 3)).toEqual([0, 1, 2]);
  });
});
