import { type Config, ConfigError } from '../config';
import { serveHealth } from '../health';
import type { StopSignals } from '../ports';
import type { Pulse } from '../worker/pulse';

const unusable: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already',
  EACCES: 'this user may not listen there',
};

/** Answers how to close it. Does nothing where HEALTH_PORT is 0. */
export const openHealth = async (
  { healthPort }: Pick<Config, 'healthPort'>,
  pulse: Pulse,
  stop: StopSignals,
): Promise<() => Promise<void>> => {
  if (healthPort === 0) return () => Promise.resolve();
  const isReady = (): boolean => pulse.hasReceived() && !stop.soft.aborted && !stop.hard.aborted;
  try {
    return (await serveHealth(healthPort, { loops: pulse.look, isReady })).close;
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const why = unusable[code] ?? `it failed with ${code}`;
    throw new ConfigError(
      [`Expected HEALTH_PORT to be a free port of 127.0.0.1, got ${healthPort}: ${why}. 0 serves no health at all.`],
      { cause },
    );
  }
};
