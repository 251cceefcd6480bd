import { setTimeout as pause } from 'node:timers/promises';
import { endWhenTold } from '../../embedded/until-told';
import { placeOf, type Place } from '../intake/place';
import { findDue, type CloseAll } from './due';
import { closeBare, detailsBatch } from './floor';
import { closeAsTheSeed } from './seed';

/** Each in a process of its own: `main.ts <name>`. */
const contenders: Readonly<Record<string, (place: Place) => CloseAll>> = { floor: closeBare, seed: closeAsTheSeed };

/** Batches under way at a time. */
const lanes = 2;
const idleMs = 100;

const run = async (place: Place, closeAll: CloseAll): Promise<void> => {
  const done = new Set<string>();
  for (;;) {
    const due = (await findDue(place)).filter(({ pk }) => !done.has(pk));
    if (due.length === 0) await pause(idleMs);
    for (const { pk } of due) done.add(pk);
    const left = [...due];
    const lane = async (): Promise<void> => {
      while (left.length > 0) await closeAll(left.splice(0, detailsBatch));
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
};

const place = placeOf(process.env);
endWhenTold(() => Promise.resolve());
void run(place, contenders[process.argv[2]!]!(place)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
