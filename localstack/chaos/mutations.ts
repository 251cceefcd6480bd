/* Mistakes that a run can make every worker or door commit, to see that it would be noticed: a text of the built program, and another. */

interface Replacement {
  /** Relative to dist/. */
  readonly file: string;
  /** Found in one place, or the process does not start. */
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
  /** A door's: needs --ingest. */
  'answer-before-write': {
    file: 'ingest/gather.js',
    from: 'const outcomes = await health.write(',
    to: `posts.forEach(({ settle }) => settle({ kind: 'written', messageId: require('node:crypto').randomUUID() }));
        const outcomes = await health.write(`,
  },
} as const satisfies Readonly<Record<string, Replacement>>;

export type Mutation = keyof typeof mutations;
