/** The process ends: a message that fails would come again and be counted as work. Libraries swallow what their listeners throw. */
export const failLoudly = (error: unknown): void => {
  setImmediate(() => {
    throw error;
  });
};
