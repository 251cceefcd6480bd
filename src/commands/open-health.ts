import { type HealthSource, serveHealth } from '../health';
import { whyNotOpen } from './free-port';

/** Answers how to close it. Does nothing where HEALTH_PORT is 0. */
export const openHealthAt = async (healthPort: number, source: HealthSource): Promise<() => Promise<void>> => {
  if (healthPort === 0) return () => Promise.resolve();
  try {
    return (await serveHealth(healthPort, source)).close;
  } catch (cause) {
    throw whyNotOpen({ name: 'HEALTH_PORT', host: '127.0.0.1', port: healthPort, remedy: '0 serves no health at all.' }, cause);
  }
};
