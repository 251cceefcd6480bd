import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../traffic/chance';
import type { Crew, Worker } from './crew';
import type { Gate } from './gate';
import type { ClosePhase, Grip, Hands } from './hands';
import { wantedHits, type Ledger } from './ledger';
import type { Pace } from './pace';
import type { Standstill } from './standstill';

/* What happens to the workers: killed, where it hurts if possible; replaced one by one; left alone by an AWS that stands still. */

export interface World {
  readonly crew: Crew;
  readonly hands: Hands;
  readonly ledger: Ledger;
  readonly chance: Chance;
  readonly standstill: Standstill;
  /** Shut while AWS stands still: what is sent then would be late by itself. */
  readonly traffic: Gate;
  /** Workers that there should be. */
  readonly wanted: number;
  readonly lastsMs: number;
  readonly killGapMs: Pace['killGapMs'];
  /** Until then. */
  readonly over: AbortSignal;
}

/** False if it is over before. */
const wait = (ms: number, over: AbortSignal): Promise<boolean> =>
  sleep(ms, undefined, { signal: over }).then(
    () => true,
    () => false,
  );

/** A situation to kill somebody in. */
type Aim = 'batch' | ClosePhase;

const phases: readonly ClosePhase[] = ['claimed', 'put', 'started'];

/** A window that its workers have been killed over so often is spared, or it would be parked as one that kills its workers. */
const mostPerWindow = 3;
/** For a situation to come. */
const patienceMs = 3_000;

/** A batch first, as long as too few were hit: windows come due all the time, batches only while traffic is sent. Then whatever was hit less often. */
const chooseAim = ({ chance, ledger, lastsMs }: World): Aim => {
  const { onBatch, onWindow } = ledger.counts();
  return onBatch < wantedHits(lastsMs / 60_000) || onBatch <= onWindow ? 'batch' : chance.pick(phases);
};

type Hits = ReadonlyMap<string, number>;

const fits = (aims: readonly Aim[], grip: Grip, hits: Hits): boolean =>
  grip.kind === 'batch' ? aims.includes('batch') : aims.includes(grip.phase) && (hits.get(grip.window) ?? 0) < mostPerWindow;

/** Who comes into such a situation first; null if nobody does for long. */
const nextVictim = ({ hands, over }: World, aims: readonly Aim[], hits: Hits): Promise<Grip | null> =>
  new Promise((resolve) => {
    const settle = (grip: Grip | null): void => {
      quiet();
      resolve(grip);
    };
    const quiet = hands.listen((grip) => {
      if (fits(aims, grip, hits)) settle(grip);
    });
    void wait(patienceMs, over).then(() => settle(null));
  });

const fill = async ({ crew, wanted }: World): Promise<void> => {
  while (crew.onDuty().length < wanted) await crew.start();
};

/** Now and then anybody; else who comes into the situation that is wanted most, or into any. */
const chooseVictim = async (world: World, hits: Hits): Promise<Worker | undefined> => {
  const { crew, chance } = world;
  const seek = async (): Promise<Grip | null> =>
    (await nextVictim(world, [chooseAim(world)], hits)) ?? nextVictim(world, ['batch', ...phases], hits);
  const grip = chance.happens(0.2) ? null : await seek();
  // A little later is another place of the code.
  if (grip && chance.happens(0.6)) await sleep(chance.between(0, grip.kind === 'batch' ? 25 : 6));
  const onDuty = crew.onDuty();
  return onDuty.find(({ name }) => name === grip?.worker) ?? (onDuty.length > 0 ? chance.pick(onDuty) : undefined);
};

const kills = async (world: World): Promise<void> => {
  const hits = new Map<string, number>();
  const { crew, chance, over, traffic } = world;
  while (await wait(chance.between(...world.killGapMs), over)) {
    // While AWS stands still nobody gets anything into his hands.
    if (!traffic.isOpen() && chance.happens(0.7)) continue;
    const victim = await chooseVictim(world, hits);
    if (victim) for (const window of crew.kill(victim).windows.keys()) hits.set(window, (hits.get(window) ?? 0) + 1);
    await wait(chance.between(0, 1_200), over);
    await fill(world);
  }
};

/** Replaces each by a new one, which works before the old one is told to stop. */
const deploy = async (world: World): Promise<void> => {
  const { crew, ledger } = world;
  for (const old of crew.onDuty()) {
    const fresh = await crew.start();
    await Promise.race([fresh.polls, sleep(8_000)]);
    if (crew.onDuty().includes(old)) await crew.stop(old);
    await fill(world);
    if (world.over.aborted) return;
  }
  ledger.deployed();
};

const deploys = async (world: World): Promise<void> => {
  const { chance, over } = world;
  for (let gapMs = chance.between(6_000, 10_000); await wait(gapMs, over); gapMs = chance.between(25_000, 40_000))
    await deploy(world);
};

const longestStandstillMs = 20_000;
const shortestStandstillMs = 2_000;

const standstills = async (world: World): Promise<void> => {
  const { chance, over, traffic, standstill, ledger } = world;
  const spreadMs = Math.min(longestStandstillMs, world.lastsMs / 8) - shortestStandstillMs;
  for (let gapMs = chance.between(12_000, 18_000); await wait(gapMs, over); gapMs = chance.between(25_000, 45_000)) {
    // Many short ones, a few long ones.
    const ms = Math.round(shortestStandstillMs + spreadMs * chance.fraction() ** 2);
    await traffic.shut();
    await standstill(ms);
    traffic.open();
    ledger.paused(ms);
  }
};

/** Until it is over; then everybody is there and AWS answers. */
export const bringMisfortune = async (world: World): Promise<void> => {
  const { chance } = world;
  const fork = (label: string): World => ({ ...world, chance: chance.fork(label) });
  await Promise.all([kills(fork('kills')), deploys(fork('deploys')), standstills(fork('standstills'))]);
  await fill(world);
};
