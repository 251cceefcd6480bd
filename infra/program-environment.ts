import type { Environment } from '../src/config-read';
import { metricsNamespace, type StackSettings } from './settings';

/** A quarter is left to buffers, which Node keeps outside of its heap, and to the code. */
const heapShare = 0.75;

/**
 * What a container's environment says: what the stack knows, and of what whoever deploys has given what this program reads. All of it is
 * read by src/config.ts, but for the last, which is Node's.
 */
export const programEnvironment = (
  known: Environment,
  settings: StackSettings,
  isRead: (name: string) => boolean,
): Readonly<Record<string, string>> => {
  const given = Object.entries(settings.environment).filter(([name]) => isRead(name));
  const all = Object.entries({ ...Object.fromEntries(given), ...known });
  return {
    ...Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    METRICS_NAMESPACE: metricsNamespace(settings),
    // By itself Node would use half of what the task pays for.
    NODE_OPTIONS: `--enable-source-maps --max-old-space-size=${Math.floor(settings.memoryMib * heapShare)}`,
  };
};
