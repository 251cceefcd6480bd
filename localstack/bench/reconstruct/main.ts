import { createSchemaRegistry, type SchemaRegistry } from '../../../src/core/schema-registry';
import { readSchemaFiles } from '../../../src/schema-files';
import { floorOf, type Stage, stagesOfClose } from './close';
import { conversationsOf, kinds } from './conversation';
import type { Asked, Told } from './told';

/* Measures once, in a process of its own, and says it in one line. */

const { sizes, cpuMs } = JSON.parse(process.argv[2]!) as Asked;

const cpuMicros = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Until it has taken the time; the first turns, while code gets fast, are not counted. */
const microsOf = async ({ run }: Stage): Promise<number> => {
  const turnsIn = async (ms: number) => {
    const began = cpuMicros();
    let turns = 0;
    // To ask for the time takes time: less and less often.
    for (let more = 1; cpuMicros() - began < ms * 1_000; more *= 2)
      for (const until = turns + more; turns < until; turns++) await run();
    return { turns, micros: cpuMicros() - began };
  };
  await turnsIn(cpuMs / 2);
  const { turns, micros } = await turnsIn(cpuMs);
  return micros / turns;
};

/** Of a worker that has run for a while: no conversation pays for the code's first steps. */
const warmUp = async (registry: SchemaRegistry, size: number): Promise<void> => {
  for (const kind of kinds)
    for (const stage of await stagesOfClose(registry, conversationsOf(kind, registry, size)(size))) await microsOf(stage);
};

const tell = async (): Promise<readonly Told[]> => {
  const registry = createSchemaRegistry(readSchemaFiles());
  await warmUp(registry, sizes[0]!);
  const told: Told[] = [];
  for (const kind of kinds) {
    const conversation = conversationsOf(kind, registry, Math.max(...sizes));
    for (const size of sizes) {
      const events = conversation(size);
      const stages: Record<string, number> = {};
      for (const stage of await stagesOfClose(registry, events)) stages[stage.name] = (await microsOf(stage)) / size;
      told.push({ kind, size, floor: (await microsOf(floorOf(events))) / size, stages });
    }
  }
  return told;
};

void tell().then((told) => process.stdout.write(`${JSON.stringify(told)}\n`));
