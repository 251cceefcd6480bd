import type { Name, Values } from './config-checks';
import { ingestVariables } from './config-ingest-variables';

const shared: readonly string[] = [
  'QUEUE_URL',
  'TABLE_NAME',
  'AWS_REGION',
  'AWS_ENDPOINT_URL',
  'SHUTDOWN_GRACE_SECONDS',
  'HEALTH_PORT',
  'LOG_LEVEL',
  'METRICS_NAMESPACE',
];

export const isOnlyForIngest = (name: string): boolean => Object.hasOwn(ingestVariables, name);

export const isReadByIngest = (name: string): boolean => isOnlyForIngest(name) || shared.includes(name);

export type IngestSecretConfig =
  | { readonly kind: 'given'; readonly bearer: readonly string[]; readonly signing: readonly string[] }
  | { readonly kind: 'secret'; readonly arn: string };

const secretNames = ['INGEST_BEARER_SECRETS', 'INGEST_SIGNING_SECRETS', 'INGEST_SECRET_ARN'] as const;
type SecretValues = Pick<Values, (typeof secretNames)[number]>;

/** A door without any secret lets nobody in; one with two sources of them hides which holds. Of what is wrong by itself, nothing. */
export const ingestSecretProblem = (values: SecretValues, wrong: ReadonlyMap<Name, string>): string | null => {
  if (secretNames.some((name) => wrong.has(name))) return null;
  const { INGEST_BEARER_SECRETS: bearer, INGEST_SIGNING_SECRETS: signing, INGEST_SECRET_ARN: arn } = values;
  const isGiven = bearer !== undefined || signing !== undefined;
  const names = `${secretNames.join(', ')}: expected`;
  if (arn === undefined && !isGiven) return `${names} at least one of them, got none: nobody could post.`;
  return arn !== undefined && isGiven ? `${names} either the secret's ARN or secrets themselves, got both.` : null;
};

const secretConfig = (values: SecretValues): IngestSecretConfig => {
  const { INGEST_BEARER_SECRETS: bearer = [], INGEST_SIGNING_SECRETS: signing = [], INGEST_SECRET_ARN: arn } = values;
  return arn === undefined ? { kind: 'given', bearer, signing } : { kind: 'secret', arn };
};

export const ingestConfig = (values: Values) => ({
  host: values.INGEST_HOST,
  port: values.INGEST_PORT,
  secrets: secretConfig(values),
  maxBodyBytes: values.INGEST_MAX_BODY_BYTES,
  maxPerSecond: values.INGEST_MAX_PER_SECOND,
  maxWaiting: values.INGEST_MAX_WAITING,
  gatherMs: values.INGEST_GATHER_MS,
  timeoutMs: values.INGEST_TIMEOUT_MS,
  /** 0: keys are not kept. */
  idempotencyMs: values.IDEMPOTENCY_TTL,
});
