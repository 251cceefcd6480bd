import { cpus } from 'node:os';

/** Time of all cores since the machine began, in ms. */
export interface CoreTime {
  readonly busyMs: number;
  readonly allMs: number;
}

export const coreTime = (): CoreTime => {
  const times = cpus().map((cpu) => cpu.times);
  const idleMs = times.reduce((sum, { idle }) => sum + idle, 0);
  const allMs = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { busyMs: allMs - idleMs, allMs };
};

/** From here on more workers cannot do more: there is nothing left to run them on. */
export const fullFrom = 0.9;

/** How much of the machine was at work, whoever it worked for. */
export const busyShare = (before: CoreTime, after: CoreTime): number =>
  after.allMs === before.allMs ? 0 : (after.busyMs - before.busyMs) / (after.allMs - before.allMs);
