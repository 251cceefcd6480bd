import { setTimeout as pause } from 'node:timers/promises';
import { countedBy, setFlow, type Counted } from '../backend/control';
import type { Reading } from '../reading';
import { lookAt, readingBetween } from '../worker/look';
import type { Contestant } from './contestants';

const startedIn = ({ started }: Counted): number => started;

const patienceMs = 180_000;

const until = async (
  { backend, name, assertAllStand }: Contestant,
  isSo: (counted: Counted) => boolean,
  what: string,
): Promise<void> => {
  const untilMs = performance.now() + patienceMs;
  while (!isSo(await countedBy(backend.url))) {
    assertAllStand();
    if (performance.now() > untilMs) throw new Error(`${name}: expected ${what} within ${patienceMs} ms.`);
    await pause(20);
  }
};

/** By then who closes has heard of the gate, the last admits are done, the watermark has passed them and all windows are due. */
const settleMs = 5_000;

/** Long enough to publish and to finish; little enough to find nothing else. */
const afterMs = 300;

/** Who begins has no code that is fast yet and waits for a first batch; who ends has no full one any more. */
const [from, to] = [0.2, 0.8];

/** What was spent from the first to the last, at the pace of the middle: a window that is half closed at a look is half counted otherwise. */
const joined = (whole: Reading, middle: Reading): Reading => ({
  ...whole,
  wallMs: (middle.wallMs * whole.done) / Math.max(1, middle.done),
  subject: { ...middle.subject, cpuMs: whole.subject.cpuMs },
  backend: middle.backend,
});

/** All windows are due, then the gate opens. */
export const measureRound = async (contestant: Contestant, conversations: number): Promise<Reading> => {
  const { backend, program, gate } = contestant;
  const startedBefore = startedIn(await countedBy(backend.url));
  await gate.shut();
  await pause(settleMs / 2);
  await setFlow(backend.url, { conversations });
  await until(contestant, ({ waiting }) => waiting === 0, 'all messages to be received');
  await pause(settleMs);
  const look = () => lookAt({ pids: [program.pid], backend });
  const untilClosed = (share: number): Promise<void> =>
    until(contestant, (counted) => startedIn(counted) - startedBefore >= share * conversations, 'all windows to close');
  const first = await look();
  await gate.open();
  await untilClosed(from);
  const second = await look();
  await untilClosed(to);
  const third = await look();
  await untilClosed(1);
  // What follows the last execution.
  await pause(afterMs);
  const last = await look();
  return joined(readingBetween(first, last, startedIn), readingBetween(second, third, startedIn));
};
