import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Collects all that nobody holds. What ends in one turn is let go of in a later one. */
export const collectGarbage = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    collect();
  }
};

/** Bytes in use, after a collection. */
export const heapUsed = async (): Promise<number> => {
  await collectGarbage();
  return process.memoryUsage().heapUsed;
};
