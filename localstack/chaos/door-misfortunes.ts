import { setTimeout as sleep } from 'node:timers/promises';
import type { Sender } from '../demo/door/sender';
import type { Chance } from '../traffic/chance';
import type { DoorLedger } from './door-ledger';
import type { Doors, WriteMoment } from './doors';

/* What happens to the doors: killed, mostly while they write what they were given; told to stop, among posts. One at a time: the other is there. */

export interface DoorWorld {
  readonly doors: Doors;
  readonly sender: Pick<Sender, 'inFlight'>;
  readonly ledger: DoorLedger;
  readonly chance: Chance;
  /** Until then. */
  readonly over: AbortSignal;
}

/** False if it is over before. */
const wait = (ms: number, over: AbortSignal): Promise<boolean> =>
  sleep(ms, undefined, { signal: over }).then(
    () => true,
    () => false,
  );

/** For somebody to post. */
const patienceMs = 3_000;
/** To one stop. */
const killsToAStop = 5;

/** The door that first comes into such a moment; null if none does for long. */
const nextVictim = ({ doors, over }: DoorWorld, wanted: WriteMoment): Promise<string | null> =>
  new Promise((resolve) => {
    const settle = (url: string | null): void => {
      quiet();
      resolve(url);
    };
    const quiet = doors.listen((url, moment) => {
      if (moment === wanted) settle(url);
    });
    void wait(patienceMs, over).then(() => settle(null));
  });

export const bringDoorMisfortune = async (world: DoorWorld): Promise<void> => {
  const { doors, sender, ledger, chance, over } = world;
  while (await wait(chance.between(200, 1_200), over)) {
    const moment = chance.pick(['writing', 'written'] as const);
    const url = await nextVictim(world, moment);
    // Nobody posts: that would show nothing.
    if (url === null) continue;
    // A little later is another place of the code.
    if (chance.happens(0.5)) await sleep(chance.between(0, 15));
    const hit = { posts: sender.inFlight(url), moment };
    const { kills, stops } = ledger.counts();
    if (kills >= (stops + 1) * killsToAStop) {
      ledger.stopped(url, hit);
      await doors.replace(url);
    } else {
      ledger.killed(url, hit);
      await doors.kill(url);
    }
  }
};
