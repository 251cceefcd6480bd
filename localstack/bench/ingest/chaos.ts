import { setWeather, takenBy } from '../backend/control';
import { figure } from '../figure';
import { sendSteadily } from '../generate/steady';
import type { Bench, Report } from '../subject';
import { acceptedOf, distinctBodies, lostOf, type Accepted } from './accepted';
import { bearer, freePort, startBackend, startDoor, type Door, type DoorOptions } from './place';

const perSecond = 400;
const failing = 0.3;
const betweenKillsMs = 1_500;
/** A door is there again a second after it was killed, on a quiet machine. */
const secondsPerRound = 10;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills it again and again, at once and without a word, until told to leave it alone. Answers how often. */
const harass = async ({ nursery }: Bench, place: DoorOptions, first: Door, isOver: () => boolean): Promise<number> => {
  let door = first;
  let kills = 0;
  while (!isOver()) {
    await pause(betweenKillsMs);
    door.child.kill();
    await door.child.stop();
    kills++;
    door = await startDoor(nursery, { ...place, name: `ingest-${kills}` });
  }
  await door.child.stop();
  return kills;
};

/** Posts at a steady rate while the door is killed and the queue fails; then what was accepted is looked for in the queue. */
export const chaosReport = async (bench: Bench): Promise<Report> => {
  const { nursery, options, say } = bench;
  const backend = await startBackend(nursery, options.rttMs);
  await setWeather(backend.url, { rttMs: options.rttMs, failing });
  const place = { name: 'ingest-0', backendUrl: backend.url, port: await freePort(), profile: undefined };
  const door = await startDoor(nursery, place);
  let isOver = false;
  const harassed = harass(bench, place, door, () => isOver);
  const seconds = secondsPerRound * options.rounds;
  say(`chaos: ${perSecond} posts a second for ${seconds} s`);
  const accepted: Accepted[] = [];
  const job = {
    url: door.url,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    bodies: distinctBodies(perSecond * seconds),
    ownHeader: 'x-idempotency-key',
    load: { kind: 'steady', perSecond, connections: 200 } as const,
    ...{ warmupSeconds: 0, seconds, watch: { subjectPid: process.pid, backend: null } },
  };
  const taken = await sendSteadily(job, { perSecond, connections: 200, seconds }, (body, { status, text }) => {
    if (status === 200) accepted.push(acceptedOf(body, text));
  });
  isOver = true;
  const kills = await harassed;
  const queued = await takenBy(backend.url);
  const lost = lostOf(accepted, queued).length;
  const counts = Array.from(taken, ([status, { length }]) => [status === '0' ? 'no answer' : status, figure(length)] as const);
  const cells = {
    posts: figure(job.bodies.length),
    kills: figure(kills),
    ...Object.fromEntries(counts),
    queued: figure(queued.size),
    lost: figure(lost),
  };
  return {
    title: 'chaos',
    rows: [{ name: `kill -9 every ${betweenKillsMs} ms, ${failing * 100} % of the writes fail`, cells }],
    notes: ['queued: more than were accepted, because the answer of a write may be lost, or its door killed'],
    complaints: [
      ...(lost === 0 ? [] : [`${lost} posts were accepted and are not in the queue`]),
      ...(kills < options.rounds || accepted.length === 0 ? ['too few kills, or nothing accepted: this says nothing'] : []),
    ],
  };
};
