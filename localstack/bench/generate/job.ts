/** What the load generator is asked for, as JSON in its only argument. */
export interface Job {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
  /** Name of a header that gets a value of its own in each request. */
  readonly ownHeader: string | null;
  readonly load: Load;
  readonly warmupSeconds: number;
  readonly seconds: number;
  /** Whose usage is to be read. */
  readonly watch: { readonly subjectPid: number; readonly backend: { readonly pid: number; readonly url: string } | null };
}

export type Load =
  /** As many as the other side answers: each connection sends again once it has its answer. */
  | { readonly kind: 'closed'; readonly connections: number }
  /** So many a second, evenly, whether the other side answers or not. */
  | { readonly kind: 'steady'; readonly perSecond: number; readonly connections: number };

/** Takes the load for as long as it says; answers how long each answer took, by status. */
export type Generate = (job: Job, seconds: number) => Promise<ReadonlyMap<string, readonly number[]>>;
