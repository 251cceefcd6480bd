import { createHash } from 'node:crypto';
import { limits } from '../limits';

/*
 * A failed execution is started again as a new one, whose name says so: `<name>_r<n>`. One too long for that is `r<n>_<hash>`. All
 * restarts of one execution are one series, whichever of them failed last: two of them must never run side by side.
 */

const restarted = /^(?<first>.+)_r(?<n>[1-9]\d{0,2})$/;
const restartedHash = /^r(?<n>[1-9]\d{0,2})_(?<hash>[0-9a-f]{40})$/;

/** How a restart of this execution, or of the one that it restarted, is named. */
export const restartName = (name: string, n: number): string => {
  const hash = restartedHash.exec(name)?.groups?.['hash'];
  if (hash !== undefined) return `r${n}_${hash}`;
  const first = restarted.exec(name)?.groups?.['first'] ?? name;
  const speaking = `${first}_r${n}`;
  return speaking.length <= limits.executionNameLength
    ? speaking
    : `r${n}_${createHash('sha256').update(first).digest('hex').slice(0, 40)}`;
};
