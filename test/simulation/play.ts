import type { Ambush, Blow, BlowOf, History, Moment, Plan } from './history';
import { drawPlan } from './plan/draw-plan';
import { type SimulatedWorker, startWorker } from './simulated-worker';
import { createWorld, type World } from './world';

const minute = 60_000;

/** Longest that a history may take to come to rest after the last that was planned for it. */
const patienceMs = 180 * minute;
const farewellMs = 30 * minute;

interface Action {
  readonly atMs: number;
  readonly act: () => void;
}

/** The workers, one in each place; whoever leaves is followed by another. */
const createCrew = (world: World) => {
  const { clock, trace, plan } = world;
  const places: SimulatedWorker[] = [];
  const leaving: SimulatedWorker[] = [];
  let coming = 0;
  let isOver = false;
  const start = (worker: number): void => void (places[worker] = startWorker(world, worker));

  return {
    startAll: () => Array.from({ length: plan.workers }, (_, worker) => start(worker)),
    kill: (worker: number) => {
      const killed = places[worker];
      if (!killed || isOver || killed.process.died.aborted) return;
      trace.tell({ kind: 'worker', worker, what: 'killed' });
      killed.process.kill();
      coming += 1;
      void clock.sleep(world.network.chance.whole(500, 10_000)).then(() => {
        coming -= 1;
        start(worker);
      });
    },
    deploy: (worker: number) => {
      const old = places[worker];
      if (!old || isOver || old.process.died.aborted) return;
      old.stop();
      leaving.push(old);
      start(worker);
    },
    pause: (worker: number, forMs: number) => {
      const process = places[worker]?.process;
      if (!process || isOver || process.died.aborted || process.isPaused()) return;
      trace.tell({ kind: 'worker', worker, what: 'paused' });
      process.pause();
      void clock.sleep(forMs).then(() => {
        process.resume();
        trace.tell({ kind: 'worker', worker, what: 'resumed' });
      });
    },
    isComplete: () => coming === 0,
    stopAll: () => {
      isOver = true;
      for (const worker of places) worker.stop();
      leaving.push(...places);
      places.length = 0;
    },
    /** One more, for what a worker that woke up late or was slow left behind when all the others had gone. */
    relieve: () => start(0),
    stuck: () => leaving.filter((worker) => !worker.hasEnded() && !worker.process.died.aborted).length,
  };
};

type Crew = ReturnType<typeof createCrew>;

const send = ({ queue, trace }: World, body: string, isRedrive = false): void => {
  const messageId = queue.send(body);
  trace.tell({ kind: 'sent', messageId, body, isRedrive });
};

/** Sends what lies in ambush, some moments after it was sprung. */
const layAmbushes = (world: World) => {
  const { trace, clock, plan } = world;
  const waiting = new Set<Ambush>(plan.ambushes);
  const underWay = new Set<Ambush>();
  const spring = (ambush: Ambush): void => {
    waiting.delete(ambush);
    underWay.delete(ambush);
    send(world, ambush.body);
  };
  const passes = new Map<Ambush, number>();
  trace.onReach((_worker, moment, conversationId) => {
    for (const ambush of waiting) {
      if (ambush.conversationId !== conversationId || ambush.moment !== moment || underWay.has(ambush)) continue;
      const passed = passes.get(ambush) ?? 0;
      passes.set(ambush, passed + 1);
      if (passed < ambush.passes) continue;
      underWay.add(ambush);
      void clock.sleep(ambush.afterMs).then(() => spring(ambush));
    }
  });
  return {
    isUnderWay: () => underWay.size > 0,
    /** Nobody came by: they are sent all the same. Whether there were any. */
    springRest: () => {
      const left = [...waiting];
      left.forEach(spring);
      return left.length > 0;
    },
  };
};

/** Blows that wait for a worker to get somewhere. */
const armBlows = ({ trace }: World) => {
  const armed = new Set<{ readonly worker: number | null; readonly moment: Moment; readonly strike: () => void }>();
  trace.onReach((worker, moment) => {
    const strikes = (one: { readonly worker: number | null }): boolean => one.worker === null || one.worker === worker;
    for (const one of armed) if (strikes(one) && one.moment === moment && armed.delete(one)) one.strike();
  });
  return (worker: number | null, moment: Moment | null, strike: () => void): void => {
    if (moment === null) strike();
    else armed.add({ worker, moment, strike });
  };
};

type Arm = ReturnType<typeof armBlows>;

const outageOf = (
  { outages, trace, clock }: World,
  { atMs, of, forMs, moment }: BlowOf<'outage'>,
  arm: Arm,
): readonly Action[] => {
  const turn = (what: 'begins' | 'ends'): void => {
    outages[what === 'begins' ? 'add' : 'delete'](of);
    trace.tell({ kind: 'outage', of, what });
  };
  const last = async (): Promise<void> => {
    turn('begins');
    await clock.sleep(forMs);
    turn('ends');
  };
  if (moment !== undefined) return [{ atMs, act: () => arm(null, moment, () => void last()) }];
  return [
    { atMs, act: () => turn('begins') },
    { atMs: atMs + forMs, act: () => turn('ends') },
  ];
};

const blowsOf = (world: World, crew: Crew): readonly Action[] => {
  const { table, clock, deadLetters, network } = world;
  const arm = armBlows(world);
  const actOf = (blow: Blow): readonly Action[] => {
    const { atMs } = blow;
    switch (blow.kind) {
      case 'kill':
        return [{ atMs, act: () => arm(blow.worker, blow.moment, () => crew.kill(blow.worker)) }];
      case 'deploy':
        return [{ atMs, act: () => crew.deploy(blow.worker) }];
      case 'pause':
        return [{ atMs, act: () => arm(blow.worker, blow.moment, () => crew.pause(blow.worker, blow.forMs)) }];
      case 'outage':
        return outageOf(world, blow, arm);
      case 'slow':
        return [{ atMs, act: () => network.snags.delayNext(blow.call, blow.forMs) }];
      case 'throttle':
        return [
          { atMs, act: () => network.snags.throttle(blow.conversationId) },
          { atMs: atMs + blow.forMs, act: () => network.snags.relieve(blow.conversationId) },
        ];
      case 'expire':
        return [{ atMs, act: () => table.expire(clock.nowMs()) }];
      case 'redrive':
        return [{ atMs, act: () => deadLetters.takeAll().forEach((body) => send(world, body, true)) }];
    }
  };
  return world.plan.blows.flatMap(actOf);
};

/** Plays a plan to its end, in a world that is otherwise if need be. The same plan gives the same history. */
export const playPlan = async (plan: Plan, change: (world: World) => World = (world) => world): Promise<History> => {
  const world = change(createWorld(plan));
  const { clock, queue, table, network, trace } = world;
  const beganMs = clock.nowMs();
  const crew = createCrew(world);
  const ambushes = layAmbushes(world);
  const actions = [
    ...plan.messages.map(({ atMs, body }): Action => ({ atMs, act: () => send(world, body) })),
    { atMs: plan.startsAtMs, act: () => void crew.startAll() },
    ...blowsOf(world, crew),
  ].sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, act } of actions) {
    const waitMs = beganMs + atMs - clock.nowMs();
    if (waitMs > 0) await clock.advance(waitMs);
    act();
  }
  const isQuiet = (): boolean => {
    const { visible, inFlight } = queue.counts();
    const isIdle = visible + inFlight === 0 && table.isAtRest() && network.late.size === 0;
    return isIdle && crew.isComplete() && !ambushes.isUnderWay();
  };
  let becameQuiet = await clock.advanceUntil(isQuiet, patienceMs);
  if (becameQuiet && ambushes.springRest()) becameQuiet = await clock.advanceUntil(isQuiet, patienceMs);
  const quietAtMs = becameQuiet ? clock.nowMs() - beganMs : null;
  const dismiss = async (): Promise<void> => {
    crew.stopAll();
    await clock.advanceUntil(() => crew.stuck() === 0, farewellMs);
  };
  await dismiss();
  if (becameQuiet && !isQuiet()) {
    crew.relieve();
    await clock.advanceUntil(isQuiet, patienceMs);
    await dismiss();
  }
  return {
    effects: trace.effects,
    heads: table.heads().map(({ conversationId, state, finished }) => ({ conversationId, state, finished })),
    left: queue.counts(),
    logLines: world.logLines,
    quietAtMs,
    stuckWorkers: crew.stuck(),
    branches: Object.fromEntries([...trace.branches].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};

export const playSeed = (seed: number): Promise<History> => playPlan(drawPlan(seed));
