export interface Limits {
  /** Default 300, as Genesys grants a client. */
  readonly requestsPerMinute: number;
  /** Ids in one `details?id=`. Unverified; default 100. */
  readonly maxIds: number;
  /** Default 86,399; Genesys lets a client set 300 to 172,800. */
  readonly tokenLifetimeSeconds: number;
}

export const defaultLimits: Limits = { requestsPerMinute: 300, maxIds: 100, tokenLifetimeSeconds: 86_399 };
