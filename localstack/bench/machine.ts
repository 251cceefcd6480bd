import { cpus, loadavg } from 'node:os';

/** What the figures were measured on. */
export const describeMachine = (): Readonly<Record<string, string | number>> => ({
  node: process.version,
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  loadBefore: Number(loadavg()[0]!.toFixed(1)),
});
