import { isTaken } from '../loopback';
import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from './server';

/** On the port that is preferred, or on a free one where that is taken. */
export const startOnPortOrFree = (port: number, options: FakeGenesysOptions): Promise<FakeGenesys> =>
  startFakeGenesys({ ...options, port }).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    return startFakeGenesys({ ...options, port: 0 });
  });
