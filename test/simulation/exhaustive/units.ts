import { makeLife } from '../../../src/core/life';
import { silentLog } from '../../../src/log';
import { createPipeline } from '../../../src/pipeline';
import type { Clock, DueWindow, Message, Random } from '../../../src/ports';
import type { Outside } from '../../../src/steps/outside';
import { noon } from '../../factories';
import { registry } from '../../outside';
import { type Answer, type Ask, askingPorts, type Call } from './calls';
import { endOfTime, type SmallWorld } from './small-worlds';

/*
 * What an actor does between two waits: one batch, from its receive to its delete, or one close, from finding a window to
 * letting it go. A pipeline keeps nothing from one to the next, so each begins with a new one.
 */

export interface Actor {
  readonly worker: number;
  readonly does: 'admit' | 'close';
}

/** Two workers, and the fresh one that comes when they are gone. */
export const actors: readonly Actor[] = [1, 2, 3].flatMap((worker) => [
  { worker, does: 'admit' },
  { worker, does: 'close' },
]);

export const nameOf = (actor: number): string => `worker ${actors[actor]!.worker} ${actors[actor]!.does}`;

/** Changes what the pipeline is given: a mistake that the walk must find. */
export type Breakage = (outside: Outside, actor: Actor) => Outside;

export interface Walked {
  readonly world: SmallWorld;
  readonly breakage: Breakage;
}

/** The `n`th thing that an actor does. */
export interface Unit {
  readonly actor: number;
  readonly n: number;
}

/** Different for each unit, and the same whenever it is played again. */
const randomOf = ({ actor, n }: Unit): Random => {
  let drawn = 0;
  return {
    fraction: () => 0.5,
    id: () => `token-${nameOf(actor)}-${n}-${(drawn += 1)}`.replaceAll(' ', '-'),
    life: (nowMs) => makeLife(nowMs, actor * 100 + n),
  };
};

/** No two units agree about the time. It passes between calls only where the world is slow, and never while messages are admitted. */
const clockOf = ({ actor, n }: Unit, ask: Ask, passedMs: () => number): Clock => {
  const startMs = noon + 60_000 + actor * 1_000 + n * 10;
  return {
    nowMs: () => startMs + passedMs(),
    monotonicMs: passedMs,
    sleep: async () => void (await ask('clock.sleep')),
  };
};

const outsideOf = ({ world, breakage }: Walked, unit: Unit, ask: Ask): Outside => {
  let asked = 0;
  const actor = actors[unit.actor]!;
  const counting: Ask = (...call) => {
    asked += 1;
    return ask(...call);
  };
  const passedMs = (): number => (actor.does === 'close' ? asked * world.slowMs : 0);
  const outside = {
    program: 'walk',
    clock: clockOf(unit, ask, passedMs),
    random: randomOf(unit),
    log: silentLog,
    metrics: { add: () => undefined },
    registry,
    ...askingPorts(counting, world.details !== null),
  };
  return breakage(outside, actor);
};

const admitOnce = async (walked: Walked, unit: Unit, ask: Ask): Promise<void> => {
  const batch = (await ask('queue.receive')) as readonly Message[];
  const done = await createPipeline(outsideOf(walked, unit, ask), walked.world.settings).admit(batch, 0);
  const idsOf = (messages: readonly Message[]): readonly string[] => messages.map(({ id }) => id);
  const kept = batch.filter((message) => !done.includes(message));
  const deleted = done.length === 0 || (await ask('queue.delete', idsOf(done)).then(() => true, () => false)); // prettier-ignore
  const comeAgain = deleted ? kept : batch;
  if (comeAgain.length > 0) await ask('queue.handBack', idsOf(comeAgain));
};

const closeOnce = async (walked: Walked, unit: Unit, ask: Ask): Promise<void> => {
  const due = (await ask('table.due')) as DueWindow;
  const watermarkMs = walked.world.watermarksMs[unit.n];
  const isFresh = actors[unit.actor]!.worker === 3;
  await createPipeline(outsideOf(walked, unit, ask), walked.world.settings).close(
    due,
    isFresh ? endOfTime : (watermarkMs ?? endOfTime),
  );
};

const never = new Promise<never>(() => undefined);

/** Plays a unit over the answers it has had so far; answers the call it makes next, null when it has ended. */
export const playUnit = (walked: Walked, unit: Unit, answers: readonly Answer[]): Promise<Call | null> =>
  new Promise((resolve, reject) => {
    let asked = 0;
    const ask: Ask = (name, ...args) => {
      const answer = answers[asked++];
      if (!answer) {
        resolve({ name, args });
        return never;
      }
      return 'error' in answer ? Promise.reject(answer.error) : Promise.resolve(answer.value);
    };
    const play = actors[unit.actor]!.does === 'admit' ? admitOnce : closeOnce;
    play(walked, unit, ask).then(() => resolve(null), reject);
  });
