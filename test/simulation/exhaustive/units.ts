import { nobodyWatches } from '../../../src/core/drift';
import { nobodyPauses } from '../../../src/core/on-call/levers';
import { memoryRedriveLedger } from '../../../src/memory/redrive-ledger';
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

export type Activity = 'admit' | 'close';

export interface Actor {
  readonly worker: number;
  readonly does: Activity;
}

/** Two workers, each of which admits and closes. */
export const actors: readonly Actor[] = [1, 2].flatMap((worker) => [
  { worker, does: 'admit' },
  { worker, does: 'close' },
]);

/** Those who die with it, itself included. */
const colleagues = actors.map(({ worker }) => actors.flatMap((one, actor) => (one.worker === worker ? [actor] : [])));
export const colleaguesOf = (actor: number): readonly number[] => colleagues[actor]!;

/** The `n`th close of all, or a batch. Whose it is makes no difference to what is done. */
export interface Unit {
  readonly does: Activity;
  readonly n: number;
}

/** Changes what the pipeline is given: a mistake that the walk must find. */
export type Breakage = (outside: Outside, unit: Unit) => Outside;

export interface Walked {
  readonly world: SmallWorld;
  readonly breakage: Breakage;
}

/** Tokens are different in each close, and the same whenever it is played again. */
const randomOf = ({ n }: Unit): Random => {
  let drawn = 0;
  return { fraction: () => 0.5, id: () => `token-${n}-${(drawn += 1)}`, life: () => makeLife(noon, 0) };
};

/** Time passes only between the calls of a close, where the world is slow. What depends on time is over-approximated elsewhere. */
const clockOf = (ask: Ask, passedMs: () => number): Clock => ({
  nowMs: () => noon + 60_000 + passedMs(),
  monotonicMs: passedMs,
  sleep: async () => {
    await ask('clock.sleep');
  },
});

const outsideOf = ({ world, breakage }: Walked, unit: Unit, ask: Ask): Outside => {
  let asked = 0;
  const counting: Ask = (...call) => {
    asked += 1;
    return ask(...call);
  };
  const passedMs = (): number => (unit.does === 'close' ? asked * world.slowMs : 0);
  const outside = {
    program: 'walk',
    clock: clockOf(ask, passedMs),
    random: randomOf(unit),
    log: silentLog,
    metrics: { add: () => undefined },
    drift: nobodyWatches,
    levers: nobodyPauses,
    redrives: memoryRedriveLedger(),
    extras: [],
    names: null,
    registry,
    ...askingPorts(counting, world.details !== null),
  };
  return breakage(outside, unit);
};

/** No two closes compose the same bytes, so that it shows when other bytes are sent than were stored. */
const pipelineOf = (walked: Walked, unit: Unit, ask: Ask) =>
  createPipeline(outsideOf(walked, unit, ask), { ...walked.world.settings, enrichmentSteps: [`close ${unit.n}`] });

const admitOnce = async (walked: Walked, unit: Unit, ask: Ask): Promise<void> => {
  const batch = (await ask('queue.receive')) as readonly Message[];
  const done = await pipelineOf(walked, unit, ask).admit(batch, 0);
  const idsOf = (messages: readonly Message[]): readonly string[] => messages.map(({ id }) => id);
  const kept = batch.filter((message) => !done.includes(message));
  const deleted = done.length === 0 || (await ask('queue.delete', idsOf(done)).then(() => true, () => false)); // prettier-ignore
  const comeAgain = deleted ? kept : batch;
  if (comeAgain.length > 0) await ask('queue.handBack', idsOf(comeAgain));
};

const closeOnce = async (walked: Walked, unit: Unit, ask: Ask): Promise<void> => {
  const due = (await ask('table.due')) as DueWindow;
  await pipelineOf(walked, unit, ask).close(due, walked.world.watermarksMs[unit.n] ?? endOfTime);
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
    const play = unit.does === 'admit' ? admitOnce : closeOnce;
    play(walked, unit, ask).then(() => resolve(null), reject);
  });
