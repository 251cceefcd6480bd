import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** What a process has used since it began. */
export interface Usage {
  /** Of all its threads. */
  readonly cpuMs: number;
  /** Its main thread ran, or could have run and had no core: what its event loop wanted. */
  readonly wantedMs: number;
  /** Of that, without a core. */
  readonly waitedMs: number;
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}

/** Between two looks at a process. */
export interface Spent {
  readonly cpuMs: number;
  /** 1: its event loop had work at every moment. */
  readonly demand: number;
  /** Share of the time in which it could have run, and something else had the cores: how far its latency is the machine's. */
  readonly waited: number;
  readonly peakRssBytes: number;
}

const nsPerMs = 1e6;

const kilobytesOf = (status: string, name: string): number => {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status);
  return found === null ? 0 : Number(found[1]) * 1024;
};

/** `running waiting slices`, both in nanoseconds. */
const scheduled = (file: string): { readonly ranMs: number; readonly waitedMs: number } => {
  const [ran = 0, waited = 0] = readFileSync(file, 'utf8').split(' ').map(Number);
  return { ranMs: ran / nsPerMs, waitedMs: waited / nsPerMs };
};

/** Linux alone says how long a process waited for a core, and a benchmark that does not know who held it up says nothing. */
export const usageOf = (pid: number): Usage => {
  if (!existsSync('/proc/self/schedstat'))
    throw new Error('Expected Linux with /proc/PID/schedstat, got none: run the benchmarks there.');
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => scheduled(`/proc/${pid}/task/${thread}/schedstat`));
  const main = scheduled(`/proc/${pid}/schedstat`);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpuMs: threads.reduce((total, { ranMs }) => total + ranMs, 0),
    wantedMs: main.ranMs + main.waitedMs,
    waitedMs: main.waitedMs,
    rssBytes: kilobytesOf(status, 'VmRSS'),
    peakRssBytes: kilobytesOf(status, 'VmHWM'),
  };
};

export const spentBetween = (before: Usage, after: Usage, wallMs: number): Spent => ({
  cpuMs: Math.max(0, after.cpuMs - before.cpuMs),
  demand: Math.min(1, Math.max(0, after.wantedMs - before.wantedMs) / wallMs),
  waited: Math.min(1, Math.max(0, after.waitedMs - before.waitedMs) / wallMs),
  peakRssBytes: after.peakRssBytes,
});
