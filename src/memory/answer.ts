/** Computes at the moment of the call, answers later; what is thrown becomes a rejection. */
export const answer = <T>(compute: () => T): Promise<T> => new Promise((resolve) => resolve(compute()));
