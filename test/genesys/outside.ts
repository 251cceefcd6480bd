import { PassThrough } from 'node:stream';
import type { GenesysOutside } from '../../src/genesys/client';
import { givenCredentials } from '../../src/genesys/credentials';
import { createLog } from '../../src/log';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';

/** What the Genesys adapters need from outside, and what they did to it. */
export const anOutside = (clientId = 'client-1', clientSecret = 'canary-5521') => {
  const clock = virtualClock();
  const stream = new PassThrough({ encoding: 'utf8' });
  const lines: string[] = [];
  stream.on('data', (chunk: string) => lines.push(...chunk.trimEnd().split('\n')));
  /** Statuses of all attempts, in order. */
  const statuses: string[] = [];
  /** All other metrics, in order. */
  const counted: unknown[] = [];
  const outside: GenesysOutside = {
    clock,
    credentials: givenCredentials(clientId, clientSecret),
    budget: null,
    random: seededRandom(1),
    log: createLog({ level: 'debug', stream }),
    metrics: {
      add: (name, value, dimensions) => {
        if (name === 'GenesysRequests') statuses.push(Object.values(dimensions ?? {}).join());
        else counted.push([name, value, dimensions]);
      },
    },
  };
  return { outside, clock, statuses, counted, lines };
};
