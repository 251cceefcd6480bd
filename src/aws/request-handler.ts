export interface RequestTimeouts {
  readonly connectionTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

/** The SDK's 50 are fewer than the calls that may be under way, and a call's timeout runs while it waits for a connection. */
const agent = { maxSockets: 200 };

/** The SDK keeps connections alive by default; its request timeout only warns unless told to throw. */
export const requestHandler = ({ connectionTimeoutMs, requestTimeoutMs }: RequestTimeouts) => ({
  httpAgent: agent,
  httpsAgent: agent,
  connectionTimeout: connectionTimeoutMs,
  requestTimeout: requestTimeoutMs,
  throwOnRequestTimeout: true,
});
