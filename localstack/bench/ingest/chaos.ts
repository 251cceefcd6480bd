import { setWeather, takenBy } from '../backend/control';
import { startBackend } from '../backend/start';
import { figure } from '../figure';
import type { Bench, Report } from '../subject';
import { lostOf } from './accepted';
import { freePort } from '../../demo/door/start';
import { bearer, startDoor, type Door, type DoorOptions } from './place';
import { sendUntilAccepted, type Tally } from './senders';

const senders = 50;
const failing = 0.3;
const betweenKillsMs = 1_500;
/** What a round must show at least, and how long it may take to. */
const perRound = { accepted: 300, kills: 2, mostMs: 60_000 } as const;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Harassment {
  readonly place: DoorOptions;
  readonly first: Door;
  readonly isOver: () => boolean;
  readonly onKill: () => unknown;
}

/** Kills it again and again, at once and without a word, until told to leave it alone. */
const harass = async ({ nursery }: Bench, { place, first, isOver, onKill }: Harassment): Promise<void> => {
  let door = first;
  for (let nth = 1; !isOver(); nth++) {
    await pause(betweenKillsMs);
    door.child.kill();
    await door.child.stop();
    onKill();
    door = await startDoor(nursery, { ...place, name: `ingest-${nth}` });
  }
  await door.child.stop();
};

const complaintsOf = (lost: number, isEnough: boolean): readonly string[] => [
  ...(lost === 0 ? [] : [`${lost} posts were accepted and are not in the queue`]),
  ...(isEnough ? [] : ['too few kills or too few posts accepted: this says nothing']),
];

/** Posts at load while the door is killed and the queue fails; then what was accepted is looked for in the queue. */
export const chaosReport = async (bench: Bench): Promise<Report> => {
  const { nursery, options, say } = bench;
  const backend = await startBackend(nursery, options.rttMs);
  await setWeather(backend.url, { rttMs: options.rttMs, failing });
  const place = { name: 'ingest-0', backendUrl: backend.url, port: await freePort(), profile: undefined };
  const first = await startDoor(nursery, place);
  const tally: Tally = { accepted: [], answers: new Map() };
  let kills = 0;
  const untilMs = performance.now() + perRound.mostMs * options.rounds;
  const isEnough = (): boolean =>
    kills >= perRound.kills * options.rounds && tally.accepted.length >= perRound.accepted * options.rounds;
  const isOver = (): boolean => isEnough() || performance.now() > untilMs;
  say(`chaos: ${senders} senders`);
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  await Promise.all([
    harass(bench, { place, first, isOver, onKill: () => (kills += 1) }),
    sendUntilAccepted({ url: first.url, headers }, senders, isOver, tally),
  ]);
  const queued = await takenBy(backend.url);
  const lost = lostOf(tally.accepted, queued).length;
  const answers = Array.from(
    tally.answers,
    ([status, count]) => [status === 0 ? 'no answer' : `${status}`, figure(count)] as const,
  );
  const cells = { kills: figure(kills), ...Object.fromEntries(answers), queued: figure(queued.size), lost: figure(lost) };
  return {
    title: 'chaos',
    rows: [{ name: `kill -9 after ${betweenKillsMs} ms, ${failing * 100} % of the writes fail`, cells }],
    notes: ['queued: more than were accepted, because the answer of a write may be lost, or its door killed'],
    complaints: complaintsOf(lost, isEnough()),
  };
};
