/** One thing that is not as it must be. Says nothing of customers: it is printed. */
export interface Difference {
  /** A conversation, a queue, a worker. */
  readonly where: string;
  readonly what: string;
}
