/** What a person is told of a failure: a code of the system, else the error's name. Its message may quote what it failed on. */
export const errorName = (error: unknown): string =>
  error instanceof Error ? ('code' in error && typeof error.code === 'string' ? error.code : error.name) : 'unknown';
