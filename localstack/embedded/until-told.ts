import { fstatSync } from 'node:fs';

/** A parent holds a pipe or a socket; a terminal or /dev/null says nothing about anybody's life. */
const hasParent = (): boolean => {
  const stdin = fstatSync(0);
  return stdin.isFIFO() || stdin.isSocket();
};

/** The process ends on SIGTERM or SIGINT, and when whoever holds the other end of stdin is gone. */
export const endWhenTold = (close: () => Promise<unknown>): void => {
  const stop = (): void => {
    void close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  if (hasParent()) process.stdin.once('end', stop).once('error', stop).resume();
};
