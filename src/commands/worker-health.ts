import type { Config } from '../config';
import type { StopSignals } from '../ports';
import type { Pulse } from '../worker/pulse';
import { openHealthAt } from './open-health';

/** Answers how to close it. Does nothing where HEALTH_PORT is 0. */
export const openHealth = (
  { healthPort }: Pick<Config, 'healthPort'>,
  pulse: Pulse,
  stop: StopSignals,
): Promise<() => Promise<void>> => {
  const isReady = (): boolean => pulse.hasReceived() && !stop.soft.aborted && !stop.hard.aborted;
  return openHealthAt(healthPort, { loops: pulse.look, isReady });
};
