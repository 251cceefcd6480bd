/** What a person is told of a failure: a code of the system, else the error's name. Its message may quote what it failed on. */
export const errorName = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && typeof error.name === 'string' ? error.name : 'unknown';
};
