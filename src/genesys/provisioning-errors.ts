/** Genesys did not do what it was asked: credentials, a permission, an outage, a request that it does not take. */
export class GenesysFailedError extends Error {
  override readonly name = 'GenesysFailedError';
}

/** What there is must be looked at by a person first. */
export class LookFirstError extends Error {
  override readonly name = 'LookFirstError';
}
