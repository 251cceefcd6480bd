export interface Limits {
  /** Default 300, as Genesys grants a client. */
  readonly requestsPerMinute: number;
  /** Limits of parts of the API, lower than the client's and counted by themselves. `path`: a regular expression for their paths. */
  readonly resources: readonly { readonly path: string; readonly requestsPerMinute: number }[];
  /** What a 429 asks for; null: the rest of the minute. Genesys is known to ask for minutes to hours. */
  readonly retryAfterSeconds: number | null;
  /** Ids in one `details?id=`; null: as the switch `mostIds` says. */
  readonly maxIds: number | null;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Default 86,399; Genesys lets a client set 300 to 172,800. */
  readonly tokenLifetimeSeconds: number;
}

export const defaultLimits: Limits = {
  requestsPerMinute: 300,
  resources: [],
  retryAfterSeconds: null,
  maxIds: null,
  bodyBytes: 512_000,
  tokenLifetimeSeconds: 86_399,
};
