import type { Child, Nursery } from '../../demo/children';
import { basics } from '../../demo/stage';

/** A backend in a process of its own. */
export interface Backend {
  readonly url: string;
  readonly pid: number;
  readonly child: Child;
}

/** A gigabyte of items is nothing in a long run. */
const flags = ['--max-old-space-size=6144', '--import', 'tsx'];

export const startBackend = async (nursery: Nursery, rttMs: number, name = 'backend'): Promise<Backend> => {
  const args = [...flags, 'localstack/bench/backend/main.ts', '--rtt', String(rttMs)];
  const child = nursery.start({ name, args, env: basics() });
  return { url: await child.firstLine, pid: child.pid, child };
};
