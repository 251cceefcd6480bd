import type { Load } from '../generate/job';

/** How one case loads its door. */
export interface Loading {
  readonly name: string;
  readonly load: Load;
}

/** As many as come through: for throughput, and what a post costs. */
const closed = [10, 50, 200].map((connections): Loading => ({
  name: `${connections} connections`,
  load: { kind: 'closed', connections },
}));

/** Fewer than any of them can take: for latency. */
const steady = [100, 400].map((perSecond): Loading => ({
  name: `${perSecond} a second`,
  load: { kind: 'steady', perSecond, connections: 200 },
}));

export const warmUp: Loading = closed[1]!;

export const loadings: readonly Loading[] = [...closed, ...steady];
