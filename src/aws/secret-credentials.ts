import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Credentials, Refused, Unavailable } from '../core/genesys-answers';
import { isObject, textOrNull } from '../core/json';
import type { Clock, CredentialSource } from '../ports';
import { parsedSecret, readSecret, shapeOfSecret } from './secret-value';

/** A rotated secret is seen so soon, or at once when the old one is turned down. */
const knownMs = 60_000;
/** Between two tries while Secrets Manager fails. */
const retryAfterMs = 15_000;

const expected = '{"clientId": …, "clientSecret": …}';

/** Whoever wrote the secret used one of the common spellings. */
const toCredentials = (text: string | undefined): Credentials | string => {
  const secret = parsedSecret(text);
  const field = (...names: readonly string[]): string | null =>
    isObject(secret) ? (names.map((name) => textOrNull(secret[name])).find((value) => value !== null) ?? null) : null;
  const clientId = field('clientId', 'client_id');
  const clientSecret = field('clientSecret', 'client_secret');
  // An id stands in messages, and before a colon in what is sent.
  const isUsable = clientId !== null && clientSecret !== null && /^[\w.-]{1,200}$/.test(clientId);
  return isUsable ? { kind: 'credentials', clientId, clientSecret } : shapeOfSecret(secret);
};

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
    const answer = await readSecret(secrets, secretArn);
    if (typeof answer === 'string') {
      const why = `expected the secret ${secretArn} (GENESYS_SECRET_ARN), Secrets Manager answered ${answer}. Check that it exists, that it has a value (${expected}), and that the worker's role has secretsmanager:GetSecretValue for it`;
      return { kind: 'unavailable', why, retryAfterMs };
    }
    const credentials = toCredentials(answer.text);
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
