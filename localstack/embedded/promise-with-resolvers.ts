/** The Step Functions engine was written for Node 22; Node 20 lacks this one function. */
if (!('withResolvers' in Promise)) {
  Object.defineProperty(Promise, 'withResolvers', {
    value: <T>() => {
      const settle: { resolve?: (value: T) => void; reject?: (reason: unknown) => void } = {};
      const promise = new Promise<T>((resolve, reject) => Object.assign(settle, { resolve, reject }));
      return { promise, ...settle };
    },
  });
}
