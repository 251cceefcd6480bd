/** Where AWS is, as far as the environment says. */
export interface ClientPlace {
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

const requestHandler = { connectionTimeout: 2_000, requestTimeout: 8_000, throwOnRequestTimeout: true };

/** Settings of a client that a person waits for, of a call or two. Credentials come from the SDK's own chain. */
export const shortLived = ({ region, endpointUrl }: ClientPlace) => ({
  ...(region === undefined ? {} : { region }),
  ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
  maxAttempts: 3,
  requestHandler,
});
