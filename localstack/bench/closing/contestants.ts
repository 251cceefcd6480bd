import { startBackend, type Backend } from '../backend/start';
import type { Bench } from '../subject';
import { startScript, startWorker, type Program } from '../worker/place';
import { closingGate, type Gate } from './gate';

export const tidemark = 'Tidemark';
export const floor = 'bare requests';
export const seed = 'seed 000: a query and an execution';

/** Whoever closes, with a backend of its own. */
export interface Contestant {
  readonly name: string;
  readonly backend: Backend;
  readonly gate: Gate;
  readonly program: Program;
  /** Throws where a process of the run has ended by itself. */
  readonly assertAllStand: () => void;
}

/** Windows are due as soon as all is admitted, and the gate is heeded soon; all else as in production. */
const soon = { HOLD_MS: '500', ACW_HOLD_MS: '500', OUT_OF_ORDERNESS_MS: '100', WAIT_TIME_SECONDS: '1', HEARTBEAT_MS: '1000' };

/** Admits for those who only close: it looks for nothing that is due, and is hardly heard of when it has nothing to do. */
const never = {
  ...{ HOLD_MS: '86400000', ACW_HOLD_MS: '86400000', HOLD_CAP_MS: '172800000', TICK_MS: '60000', HEARTBEAT_MS: '20000' },
  CONSUMERS: '1',
};

const script = 'localstack/bench/closing/main.ts';

export const enter = async (bench: Bench, name: string): Promise<Contestant> => {
  const { nursery, options } = bench;
  const { assertAllStand } = nursery;
  const key = [tidemark, floor, seed].indexOf(name);
  const backend = await startBackend(nursery, options.rttMs, `backend-of-closing-${key}`);
  const gate = closingGate(backend.url);
  await gate.shut();
  const here = { backendUrl: backend.url };
  if (name === tidemark) {
    const { profile } = options;
    const program = startWorker(nursery, { ...here, name: 'closing', variables: soon, profile });
    return { name, backend, gate, program, assertAllStand };
  }
  startWorker(nursery, { ...here, name: `admits-for-${key}`, variables: never });
  const program = startScript(nursery, { ...here, name: `closing-${key}` }, script, [name === floor ? 'floor' : 'seed']);
  return { name, backend, gate, program, assertAllStand };
};
