import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Credentials, Refused, Unavailable } from '../core/genesys-answers';
import { isObject, textOrNull } from '../core/json';
import type { Clock, CredentialSource } from '../ports';

/** A rotated secret is seen so soon, or at once when the old one is turned down. */
const knownMs = 60_000;
/** Between two tries while Secrets Manager fails. */
const retryAfterMs = 15_000;

const expected = '{"clientId": …, "clientSecret": …}';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Keys are shown, if they look like such: a value may have been put where a key belongs. */
const shapeOf = (secret: unknown): string => {
  if (!isObject(secret)) return 'no JSON object';
  const keys = Object.keys(secret).filter((key) => /^[A-Za-z_-]{1,30}$/.test(key));
  const others = Object.keys(secret).length - keys.length;
  const named = keys.length === 0 ? 'none that can be shown' : keys.sort().join(', ');
  return `the keys ${named}${others > 0 ? ` and ${others} more` : ''}`;
};

/** Whoever wrote the secret used one of the common spellings. */
const toCredentials = (text: string | undefined): Credentials | string => {
  const secret = text === undefined ? undefined : parsed(text);
  const field = (...names: readonly string[]): string | null =>
    isObject(secret) ? (names.map((name) => textOrNull(secret[name])).find((value) => value !== null) ?? null) : null;
  const clientId = field('clientId', 'client_id');
  const clientSecret = field('clientSecret', 'client_secret');
  // An id stands in messages, and before a colon in what is sent.
  const isUsable = clientId !== null && clientSecret !== null && /^[\w.-]{1,200}$/.test(clientId);
  return isUsable ? { kind: 'credentials', clientId, clientSecret } : shapeOf(secret);
};

/** The error's name alone: its message may say who asked. */
const nameOf = (error: unknown): string =>
  error instanceof Error && /^[\w.-]{1,80}$/.test(error.name) ? error.name : 'something unknown';

/** `arn:aws:secretsmanager:<region>:…` */
export const regionOfSecret = (arn: string): string => arn.split(':')[3] ?? '';

/**
 * The OAuth client in a secret of Secrets Manager, always its current version: one that is still being rotated in (AWSPENDING) is
 * not tried. Its owner may rotate it at any time.
 */
export const secretCredentials = (
  secrets: Pick<SecretsManagerClient, 'send'>,
  clock: Pick<Clock, 'monotonicMs'>,
  secretArn: string,
): CredentialSource => {
  let known: { readonly credentials: Credentials; readonly untilMs: number } | null = null;

  const read = async (): Promise<Credentials | Refused | Unavailable> => {
    const answer = await secrets
      .send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage: 'AWSCURRENT' }))
      .catch(nameOf);
    if (typeof answer === 'string') {
      const why = `expected the secret ${secretArn} (GENESYS_SECRET_ARN), Secrets Manager answered ${answer}. Check that it exists, that it has a value (${expected}), and that the worker's role has secretsmanager:GetSecretValue for it`;
      return { kind: 'unavailable', why, retryAfterMs };
    }
    const credentials = toCredentials(answer.SecretString);
    if (typeof credentials === 'string')
      return { kind: 'refused', why: `expected the secret ${secretArn} to hold ${expected}, found ${credentials}. Correct it` };
    known = { credentials, untilMs: clock.monotonicMs() + knownMs };
    return credentials;
  };

  return {
    read: (how) =>
      how === 'known' && known !== null && clock.monotonicMs() < known.untilMs ? Promise.resolve(known.credentials) : read(),
  };
};
