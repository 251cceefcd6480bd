import { hoursToMs, type Values } from './config-checks';
import type { ExtraName } from './core/genesys-answers';
import { hostsOfRegion, type GenesysHosts } from './genesys/regions';

export type GenesysCredentials =
  | { readonly kind: 'given'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'secret'; readonly arn: string };

export interface GenesysConfig extends GenesysHosts {
  readonly kind: 'genesys';
  readonly credentials: GenesysCredentials;
  readonly batchSize: number;
  readonly gatherMs: number;
  readonly requestsPerMinute: number;
  readonly extras: readonly ExtraName[];
  readonly resolveNames: boolean;
  /** 0: never. */
  readonly reconcileAfterMs: number;
  /** For one attempt of one request. */
  readonly timeoutMs: number;
}

const longestTimeoutMs = 30_000;

const extrasOf = (values: Values): readonly ExtraName[] => {
  const asked = {
    participantAttributes: values.PARTICIPANT_ATTRIBUTES,
    transcript: values.TRANSCRIPT,
    sentiment: values.SENTIMENT,
  };
  return (Object.keys(asked) as ExtraName[]).filter((name) => asked[name] === 'on');
};

export const genesysConfig = (values: Values): GenesysConfig => {
  // Each is required when Genesys is asked, so none of the empty texts is ever used.
  const { GENESYS_REGION = '', GENESYS_CLIENT_ID = '', GENESYS_CLIENT_SECRET = '' } = values;
  const ofRegion = hostsOfRegion(GENESYS_REGION);
  return {
    kind: 'genesys',
    apiUrl: values.GENESYS_API_URL ?? ofRegion?.apiUrl ?? '',
    loginUrl: values.GENESYS_LOGIN_URL ?? ofRegion?.loginUrl ?? '',
    credentials:
      values.GENESYS_SECRET_ARN === undefined
        ? { kind: 'given', clientId: GENESYS_CLIENT_ID, clientSecret: GENESYS_CLIENT_SECRET }
        : { kind: 'secret', arn: values.GENESYS_SECRET_ARN },
    batchSize: values.GENESYS_BATCH_SIZE,
    gatherMs: values.GENESYS_GATHER_MS,
    requestsPerMinute: values.GENESYS_REQUESTS_PER_MINUTE,
    extras: extrasOf(values),
    resolveNames: values.RESOLVE_NAMES === 'on',
    reconcileAfterMs: hoursToMs(values.RECONCILE_AFTER_HOURS),
    // A token and one answer fit into a lease.
    timeoutMs: Math.min(longestTimeoutMs, Math.ceil(values.LEASE_MS / 2)),
  };
};
