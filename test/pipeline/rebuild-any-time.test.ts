import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { markForRebuild } from '../../src/core/window-rebuild';
import { createPipeline } from '../../src/pipeline';
import type { WindowTable } from '../../src/ports';
import type { Outside } from '../../src/steps/outside';
import { feedMessage, minute } from '../factories';
import { second, settings, setUp } from './world';

/*
 * One conversation of several events; admits, closes, crashes, pauses of the handoff, releases of mended mappers and requests to
 * rebuild in an order that a seed draws. Whatever comes of it, at rest: every event is in the last record, revisions are contiguous,
 * each has at most one execution, with its own bytes, none was started for a record that was only rebuilt, and no mark is left.
 */

const bodies = [
  feedMessage({ type: 'customer.start', at: minute(0) }),
  feedMessage({ type: 'customer.end', at: minute(1) }),
  ...[2, 3, 4, 5].map((at) => feedMessage({ type: 'flow.outcome', at: minute(at), body: { wrapupCode: `code-${String(at)}` } })),
];

type World = ReturnType<typeof setUp>;

/** Each release of the mappers reads the outcome of a flow differently. */
const release = (world: World, n: number): Outside['registry'] => {
  const { registry } = world.outside;
  const mapper = n % 2 === 0 ? 'flow-outcome' : 'wrapup';
  return {
    ...registry,
    subjectNamed: (name) => {
      const known = registry.subjectNamed(name);
      return known && name.endsWith('flow.outcome') ? { ...known, mapper, mapperVersion: 10 + n } : known;
    },
  };
};

/** A table whose calls, now and then, do their work and lose the answer. */
const losing = (table: WindowTable, isLost: () => boolean): WindowTable => {
  const lost = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer;
    if (isLost()) throw new Error('the answer was lost');
    return value;
  };
  return {
    ...table,
    updateHead: (update) => lost(table.updateHead(update)),
    putRecord: (record, expiresAtMs) => lost(table.putRecord(record, expiresAtMs)),
  };
};

/** Whoever sleeps moves it himself: there is nobody else. */
const selfMovingClock = () => {
  const clock = virtualClock();
  return { ...clock, sleep: (ms: number) => clock.advance(ms) };
};

const live = async (seed: number) => {
  const chance = seededRandom(seed);
  const isIn = (share: number): boolean => chance.fraction() < share;
  let calm = false;
  let paused = false;
  const clock = selfMovingClock();
  const world = setUp({
    clock,
    levers: { isPaused: (lever) => lever === 'handoff' && paused },
  });
  const table = losing(world.memory, () => !calm && isIn(0.08));
  let [released, at, asked] = [0, 0, 0];
  let [handoffAsked, admitted] = [false, 0];

  const pipeline = () =>
    createPipeline({ ...world.outside, table, registry: release(world, released) }, { ...settings, maxAttempts: 1_000 });
  const act = async (other: () => Promise<void>): Promise<void> => {
    const due = [
      ...(await world.memory.findDue('Q#000', at * second, 5)),
      ...(await world.memory.findDue('W#000', clock.nowMs(), 5)),
    ];
    // Something else happens in the middle of a close, at a call that is drawn.
    let calls = Math.floor(chance.fraction() * 6);
    const meddled: WindowTable = {
      ...table,
      updateHead: async (update) => {
        const head = await table.updateHead(update);
        if (calls-- === 0) await other();
        return head;
      },
      putRecord: async (record, expiresAtMs) => {
        if (calls-- === 0) await other();
        return table.putRecord(record, expiresAtMs);
      },
    };
    const outside = { ...world.outside, table: meddled, registry: release(world, released) };
    for (const one of due) await createPipeline(outside, { ...settings, maxAttempts: 1_000 }).close(one, at * second);
  };
  const rebuild = async (): Promise<void> => {
    const head = world.head();
    if (!head) return;
    const mode = isIn(0.3) ? 'handoff' : 'records';
    handoffAsked ||= mode === 'handoff';
    const request = { mode, id: String((asked += 1)), watermarkMs: at * second } as const;
    const update = markForRebuild(settings, head, request, clock.nowMs());
    if (update) await table.updateHead(update).catch(() => null);
  };
  const message = (index: number) => {
    const id = `${String(seed)}-${String((admitted += 1))}`;
    return { id, body: JSON.stringify(bodies[index]), sentAtMs: at * second, receiveCount: 1, handle: id };
  };
  const sent = new Set<number>();
  const admit = async (): Promise<void> => {
    const index = Math.floor(chance.fraction() * bodies.length);
    const done = await pipeline().admit([message(index)], at * second);
    if (done.length > 0) sent.add(index);
  };
  const others = [admit, rebuild, () => Promise.resolve()];
  const other = () => others[Math.floor(chance.fraction() * others.length)]!();

  for (let step = 0; step < 60; step++) {
    const drawn = chance.fraction();
    if (drawn < 0.25) await admit();
    else if (drawn < 0.4) await rebuild();
    else if (drawn < 0.5) released += 1;
    else if (drawn < 0.55) paused = !paused;
    else await act(other);
    at += Math.floor(chance.fraction() * 120);
    await clock.advance(Math.floor(chance.fraction() * 90 * second));
  }
  [calm, paused] = [true, false];
  for (let index = 0; index < 2; index++)
    await pipeline()
      .admit([message(index)], at * second)
      .then(() => sent.add(index));
  for (let rounds = 0; rounds < 40; rounds++) {
    at += 10_000;
    await clock.advance(120 * second);
    await act(() => Promise.resolve());
  }
  return { world, sent, handoffAsked, asked };
};

const seeds = Array.from({ length: 50 }, (_, index) => index + 1);

test('whenever a rebuild is asked for, nothing is lost, nothing is started twice, and nothing that was not asked for', async () => {
  let [onlyRebuilt, rebuilds] = [0, 0];
  for (const seed of seeds) {
    const { world, sent, asked, handoffAsked } = await live(seed);
    const stored = world.memory.records();
    const where = `seed ${String(seed)}`;
    expect([where, world.head()?.state, world.head()?.rebuild]).toEqual([where, 'closed', undefined]);
    expect([where, stored.map(({ record }) => record.revision)]).toEqual([where, stored.map((_, index) => index + 1)]);
    expect([where, (stored.at(-1)?.madeOf.length ?? 0) >= sent.size]).toEqual([where, true]);
    const outboxes = stored.flatMap(({ outbox }) => outbox.execution ?? []);
    expect([where, [...world.stateMachine.executions()]]).toEqual([where, outboxes.map(({ name, input }) => [name, input])]);
    const held = stored.filter(({ recordsOnly }) => recordsOnly);
    expect([where, held.filter(({ outbox }) => outbox.execution !== null)]).toEqual([where, []]);
    // What a close that nobody asked for finds on its own: news, or a status that the mappers of today raise.
    const uncalledFor = stored.filter((one, index) => {
      const before = stored[index - 1];
      if (!before || one.outbox.execution === null) return false;
      const hasNews = one.madeOf.some((digest) => !before.madeOf.includes(digest));
      return !hasNews && !(one.record.status === 'final' && before.record.status === 'partial');
    });
    if (!handoffAsked) expect([where, uncalledFor]).toEqual([where, []]);
    onlyRebuilt += held.length;
    rebuilds += asked;
  }
  expect([onlyRebuilt > 10, rebuilds > 300]).toEqual([true, true]);
});
