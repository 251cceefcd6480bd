import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gate } from './gate';

/** AWS does nothing for a while, and then goes on as if nothing had been. */
export type Standstill = (ms: number) => Promise<void>;

/**
 * Stops a process, and wakes it when the time is over or when whoever holds the other end of stdin is gone: a process that is
 * stopped would not notice by itself that it has been left behind.
 */
const keeper = `
const [pid, ms] = process.argv.slice(1).map(Number);
const wake = () => { process.kill(pid, 'SIGCONT'); process.exit(0); };
process.kill(pid, 'SIGSTOP');
setTimeout(wake, ms);
process.stdin.once('end', wake).once('error', wake).resume();`;

export const stopProcess =
  (pid: number): Standstill =>
  async (ms) => {
    const child = spawn(process.execPath, ['-e', keeper, String(pid), String(ms)], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(child, 'exit');
  };

/** For an AWS that is not ours to stop: every call and every answer waits. */
export const shutRoads =
  (gate: Gate): Standstill =>
  async (ms) => {
    void gate.shut();
    await sleep(ms);
    gate.open();
  };
