import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idleNames, type MeasuredRun, type Taken, type TakenIdle } from '../../../src/core/cost/measured';
import { countedBy, setFlow, setWeather, type Counted } from '../backend/control';
import { startBackend, type Backend } from '../backend/start';
import { openCycles } from '../backend/traffic';
import { projectRoot } from '../../demo/children';
import { describeMachine } from '../machine';
import type { Bench } from '../subject';
import { lookAt, type Watched } from '../worker/look';
import { startWorker, type Program } from '../worker/place';
import { loggedIn } from './logged';
import { storedBytes } from './stored';
import { walkInRealTime } from './walk';

/*
 * One worker takes so many conversations from the first message to the handoff, then rests:
 *
 *     start ── settle ── at rest: one look ── idle ── another ── flow ── all handed off ── look
 */

/** Metrics are written every ten seconds, long polls last twenty. */
const idleMs = 60_000;
const settleMs = 5_000;
const conversations = 1_200;
const patienceMs = 60_000;
const hourMs = 3_600_000;

/** Short, so that nobody waits for minutes; all else as in production. */
const holds = { HOLD_MS: '5000', ACW_HOLD_MS: '5000' };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Place extends Watched {
  readonly backend: Backend;
  readonly worker: Program;
}

interface Moment {
  readonly atMs: number;
  readonly counted: Counted;
  readonly cpuMs: number;
  readonly logBytes: number;
  readonly peakRssBytes: number;
}

const lookNow = async (place: Place): Promise<Moment> => {
  const { atMs, counted, subjects } = await lookAt(place);
  const [{ cpuMs, peakRssBytes }] = subjects as [(typeof subjects)[number]];
  return { atMs, counted, cpuMs, peakRssBytes, logBytes: loggedIn(place.worker.child.logFile).bytes };
};

const sqsOperations = [
  'ReceiveMessage',
  'DeleteMessageBatch',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
];

type Change = (of: (counted: Counted) => number) => number;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const takenBetween = (before: Moment, after: Moment): Taken => {
  const change: Change = (of) => of(after.counted) - of(before.counted);
  const calls = (...names: readonly string[]): number => sum(names.map((name) => change(({ calls }) => calls[name] ?? 0)));
  return {
    sqsRequests: calls(...sqsOperations),
    tableWriteUnits: change(({ units }) => units.write),
    indexWriteUnits: change(({ units }) => units.indexWrite),
    readUnits: change(({ units }) => units.read),
    publishes: calls('Publish', 'PublishBatch'),
    executions: change(({ started }) => started),
    genesysRequests: calls('genesys token', 'genesys details'),
    cpuSeconds: (after.cpuMs - before.cpuMs) / 1_000,
    logBytes: after.logBytes - before.logBytes,
  };
};

const perHour = (taken: Taken, ms: number): TakenIdle => {
  const hourly = (name: keyof TakenIdle): number => (taken[name] * hourMs) / ms;
  return Object.fromEntries(idleNames.map((name) => [name, hourly(name)])) as Record<keyof TakenIdle, number>;
};

/** What the same time would have taken without traffic is counted by the month, not by the event. */
const lessIdle = (taken: Taken, idleHour: TakenIdle, ms: number): Taken => ({
  ...taken,
  ...Object.fromEntries(idleNames.map((name) => [name, Math.max(0, taken[name] - (idleHour[name] * ms) / hourMs)])),
});

/** A busy machine is slow; a worker of which nothing more comes for so long has stopped. */
const settled = async (backendUrl: string, messages: number): Promise<void> => {
  let [last, sinceMs] = ['', performance.now()];
  for (;;) {
    const { deleted, started } = await countedBy(backendUrl);
    const now = `${deleted} messages deleted and ${started} executions`;
    if (deleted >= messages && started >= conversations && now === last) return;
    if (now !== last) [last, sinceMs] = [now, performance.now()];
    if (performance.now() - sinceMs > patienceMs)
      throw new Error(`Expected ${messages} messages deleted and ${conversations} executions, got ${now}, and nothing more.`);
    await pause(settleMs);
  }
};

/** Of a cycle's messages: what flows is the same again and again, under other ids. */
const sizesOf = (): { readonly messages: number; readonly messageBytes: number } => {
  const cycles = openCycles();
  const places = Array.from({ length: Math.ceil(conversations / cycles.conversations) * cycles.messages }, (_, index) => ({
    cycle: Math.floor(index / cycles.messages),
    place: index % cycles.messages,
  })).filter(({ cycle, place }) => cycle * cycles.conversations + cycles.conversationAt(place) < conversations);
  const bytes = places.map(({ cycle, place }) => Buffer.byteLength(JSON.parse(cycles.bodyAt(cycle, place).quoted) as string));
  return { messages: places.length, messageBytes: sum(bytes) / places.length };
};

/** The version is the same for long; the commit tells. */
const programNow = (): string => {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim();
  return `tidemark ${version}, commit ${commit}`;
};

const machineNow = (): string => {
  const { cores, cpu, node, loadBefore } = describeMachine();
  return `${cores} cores of ${cpu}, node ${node}, with a load of ${loadBefore} from before`;
};

/** Rests, then works. */
const observe = async (place: Place, messages: number, say: Bench['say']) => {
  await pause(settleMs);
  say(`cost: a worker without traffic, for ${idleMs / 1_000} s`);
  const rested = await lookNow(place);
  await pause(idleMs);
  const before = await lookNow(place);
  say(`cost: ${messages} messages of ${conversations} conversations`);
  await setFlow(place.backend.url, { conversations });
  await settled(place.backend.url, messages);
  const after = await lookNow(place);
  const idleHour = perHour(takenBetween(rested, before), before.atMs - rested.atMs);
  return { idleHour, taken: lessIdle(takenBetween(before, after), idleHour, after.atMs - before.atMs), after };
};

export const measureRun = async ({ nursery, options: { rttMs }, say }: Bench): Promise<MeasuredRun> => {
  const about = { at: new Date().toISOString().slice(0, 10), program: programNow(), machine: machineNow(), rttMs };
  const backend = await startBackend(nursery, rttMs, 'cost-backend');
  await setWeather(backend.url, { rttMs, failing: 0 });
  const worker = startWorker(nursery, { name: 'cost-worker', backendUrl: backend.url, variables: holds });
  const { messages, messageBytes } = sizesOf();
  const { idleHour, taken, after } = await observe({ pids: [worker.pid], backend, worker }, messages, say);
  const stored = await storedBytes(backend.url);
  const { metrics } = loggedIn(worker.child.logFile);
  await worker.child.stop();
  await backend.child.stop();
  say('cost: the same conversations in their own time, on a virtual clock');
  const { headUpdates, indexWrites, readUnits } = await walkInRealTime(openCycles());
  return {
    layout: 1,
    ...about,
    again: { tableWriteUnits: headUpdates, indexWriteUnits: indexWrites, readUnits },
    ...{ conversations, messages, messageBytes, metrics, idleHour, taken },
    revisions: taken.executions,
    storedBytes: stored / messages,
    peakMemoryBytes: after.peakRssBytes,
  };
};
