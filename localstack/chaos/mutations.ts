/* Mistakes that a run can make every worker commit, to see that it would be noticed: a text of the built program, and another. */

interface Replacement {
  /** Relative to dist/. */
  readonly file: string;
  /** Found in one place, or the worker does not start. */
  readonly from: string;
  readonly to: string;
}

export const mutations = {
  'delete-before-write': {
    file: 'aws/intake-queue.js',
    from: `const admitted = await admitUntil(stop.hard, run, batch);
    const deleted = new Set(await (0, deliveries_1.deleteDeliveries)(options, admitted));`,
    to: `const deleted = new Set(await (0, deliveries_1.deleteDeliveries)(options, batch));
    await admitUntil(stop.hard, run, batch);`,
  },
} as const satisfies Readonly<Record<string, Replacement>>;

export type Mutation = keyof typeof mutations;
