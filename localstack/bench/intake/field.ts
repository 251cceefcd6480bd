import { startBackend, type Backend } from '../backend/start';
import type { Bench } from '../subject';
import type { Program } from '../worker/place';
import type { Entrant } from './entrants';

/** An entrant with a backend of its own: calls, units and CPU are its alone. */
export interface Standing {
  readonly entrant: Entrant;
  readonly backend: Backend;
  readonly program: Program;
}

export const enter = async ({ nursery, options }: Bench, entrant: Entrant): Promise<Standing> => {
  const backend = await startBackend(nursery, options.rttMs, `backend-of-${entrant.key}`);
  return { entrant, backend, program: entrant.start(nursery, { backendUrl: backend.url, profile: options.profile }) };
};

export const leave = async ({ program }: Standing): Promise<unknown> => program.child.stop();
