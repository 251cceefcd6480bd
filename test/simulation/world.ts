import { type SchemaRegistry } from '../../src/core/schema-registry';
import { type VirtualClock, virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import type { Random } from '../../src/ports';
import { openSchemaRegistry } from '../../src/schema-files';
import { memoryFleet } from '../memory/fleet';
import { type MemoryQueue, memoryQueue } from '../memory/queue';
import { createChance } from './chance';
import { createDelays } from './delays';
import { laggingExtras } from './extras';
import type { Network } from './faults';
import type { Plan, Service } from './history';
import { ignorantOf, laggingDetails, poisonedBy, tracedDeadLetters, tracedStateMachine, tracedTopic } from './services';
import { createSnags } from './snags';
import { createTrace, type Trace } from './trace';
import { type TracedTable, tracedTable } from './traced-table';

/** Everything that outlives a worker. */
export interface World {
  readonly plan: Plan;
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly network: Network;
  /** Chance as the program draws it. */
  readonly random: Random;
  readonly queue: MemoryQueue;
  readonly table: TracedTable;
  readonly fleet: ReturnType<typeof memoryFleet>;
  readonly deadLetters: ReturnType<typeof tracedDeadLetters>;
  readonly stateMachine: ReturnType<typeof tracedStateMachine>;
  readonly topic: ReturnType<typeof tracedTopic>;
  readonly details: ReturnType<typeof laggingDetails>;
  readonly extras: ReturnType<typeof laggingExtras>;
  /** What a worker that starts now knows. */
  readonly registryNow: () => SchemaRegistry;
  readonly outages: Set<Service>;
  readonly logLines: string[];
}

/** Compiling it takes longer than a history: once for all. */
const registry = openSchemaRegistry();

const registriesOf = ({ scripts, learns }: Plan, sinceMs: () => number) => {
  const poison = new Set(scripts.flatMap(({ facts }) => facts.filter((fact) => fact.isUnreadable).map(({ action }) => action)));
  const whole = poison.size > 0 ? poisonedBy(registry, poison) : registry;
  return (): SchemaRegistry => (learns !== null && sinceMs() < learns.atMs ? ignorantOf(whole, learns.action) : whole);
};

const createQueue = (
  { seed, settings, weather }: Plan,
  around: { clock: VirtualClock; random: Random; trace: Trace },
): MemoryQueue => {
  const { clock, random, trace } = around;
  return memoryQueue({
    clock,
    visibilityMs: settings.visibilityMs,
    longPollMs: settings.longPollMs,
    maxReceives: settings.maxReceives,
    // Nobody knows where SQS puts what comes back: behind all that waits, in every other history.
    disorder: { random, duplicates: weather.duplicates, withinMs: settings.outOfOrdernessMs, returnsLast: seed % 2 === 1 },
    overflow: ({ id, body }) => trace.tell({ kind: 'overflowed', messageId: id, body }),
  });
};

export const createWorld = (plan: Plan): World => {
  const { seed, weather, settings, scripts } = plan;
  const clock = virtualClock();
  const beganMs = clock.nowMs();
  const chance = createChance(seed ^ 0x5bd1e995);
  const random = seededRandom(seed);
  const trace = createTrace(clock.nowMs);
  const outages = new Set<Service>();
  const isDown = (service: Service): boolean => outages.has(service);
  const delays = createDelays(plan.delays, { clock, trace });
  const network: Network = {
    clock,
    chance,
    weather,
    leaseMs: settings.leaseMs,
    trace,
    isDown,
    late: new Set(),
    delays,
    snags: createSnags(),
  };
  const parked = new Set(scripts.filter(({ endsAs }) => endsAs === 'parked').map(({ conversationId }) => conversationId));
  return {
    plan,
    clock,
    trace,
    network,
    random,
    queue: createQueue(plan, { clock, random, trace }),
    table: tracedTable({ clock, chance, trace }, weather.indexLagMs),
    fleet: memoryFleet(),
    deadLetters: tracedDeadLetters(trace),
    stateMachine: tracedStateMachine(trace, parked),
    topic: tracedTopic(trace),
    details: laggingDetails(chance, clock, weather, () => isDown('genesys')),
    extras: laggingExtras(plan, clock, () => isDown('genesys')),
    registryNow: registriesOf(plan, () => clock.nowMs() - beganMs),
    outages,
    logLines: [],
  };
};
