import { PassThrough } from 'node:stream';
import type { GenesysOutside } from '../../src/genesys/client';
import { createLog } from '../../src/log';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';

/** What the Genesys adapters need from outside, and what they did to it. */
export const anOutside = () => {
  const clock = virtualClock();
  const stream = new PassThrough({ encoding: 'utf8' });
  const lines: string[] = [];
  stream.on('data', (chunk: string) => lines.push(...chunk.trimEnd().split('\n')));
  /** Statuses of all attempts, in order. */
  const statuses: string[] = [];
  const outside: GenesysOutside = {
    clock,
    random: seededRandom(1),
    log: createLog({ level: 'debug', stream }),
    metrics: { add: (_name, _value, dimensions) => void statuses.push(Object.values(dimensions ?? {}).join()) },
  };
  return { outside, clock, statuses, lines };
};
