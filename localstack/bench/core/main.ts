import { openSchemaRegistry } from '../../../src/schema-files';
import { noUnits, type Reading } from '../reading';
import { spentBetween, usageOf, type Usage } from '../usage';
import { corpora, type Corpus } from './corpora';
import { createFloor, type Decode } from './floor';
import type { Job, Told, Turn } from './job';
import { createTidemark } from './tidemark';

interface Sum {
  readonly decode: Decode;
  cpuMs: number;
  waitedMs: number;
  wallMs: number;
  events: number;
}

const begin = (decode: Decode): Sum => ({ decode, cpuMs: 0, waitedMs: 0, wallMs: 0, events: 0 });

const countEvents = (decode: Decode, bodies: readonly string[]): number => {
  let events = 0;
  for (const body of bodies) events += decode(body) ?? 0;
  return events;
};

/** All threads count: what the collector does beside is part of the price. */
const pass = (sum: Sum, bodies: readonly string[]): void => {
  const startMs = performance.now();
  const before: Usage = usageOf(process.pid);
  const events = countEvents(sum.decode, bodies);
  const wallMs = performance.now() - startMs;
  const { cpuMs, waited } = spentBetween(before, usageOf(process.pid), wallMs);
  sum.cpuMs += cpuMs;
  sum.waitedMs += waited * wallMs;
  sum.wallMs += wallMs;
  sum.events += events;
};

const readingOf = ({ cpuMs, waitedMs, wallMs, events }: Sum): Reading => ({
  ...{ wallMs, done: events, answers: {}, generator: null, backend: null, calls: {}, units: noUnits },
  subject: { cpuMs, demand: 1, waited: waitedMs / wallMs, peakRssBytes: usageOf(process.pid).peakRssBytes },
});

/** Pass by pass in turn, so that a bad moment of the machine falls on both. */
const takeTurn = ({ name, bodies }: Corpus, sides: readonly [Decode, Decode], seconds: number): Turn => {
  const [floor, tidemark] = [begin(sides[0]), begin(sides[1])];
  const untilMs = performance.now() + seconds * 1_000;
  do {
    pass(floor, bodies);
    pass(tidemark, bodies);
  } while (performance.now() < untilMs);
  return { corpus: name, floor: readingOf(floor), tidemark: readingOf(tidemark) };
};

const disagreementsIn = ({ bodies }: Corpus, [floor, tidemark]: readonly [Decode, Decode]): number =>
  bodies.filter((body) => floor(body) !== tidemark(body)).length;

const run = ({ rounds, seconds }: Job): Told => {
  const registry = openSchemaRegistry();
  const sides = [createFloor(registry), createTidemark(registry)] as const;
  const all = corpora();
  const told = <T>(of: (corpus: Corpus) => T): Record<string, T> =>
    Object.fromEntries(all.map((corpus) => [corpus.name, of(corpus)]));
  const disagreements = told((corpus) => disagreementsIn(corpus, sides));
  const eventsPerMessage = told(({ bodies }) => countEvents(sides[1], bodies) / bodies.length);
  // Not counted: code gets fast only after some thousands of messages.
  for (const corpus of all) takeTurn(corpus, sides, 1);
  const turns = Array.from({ length: rounds }, () => all.map((corpus) => takeTurn(corpus, sides, seconds))).flat();
  return { turns, eventsPerMessage, disagreements };
};

process.stdout.write(`${JSON.stringify(run(JSON.parse(process.argv[2]!) as Job))}\n`);
