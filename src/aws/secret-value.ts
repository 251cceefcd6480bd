import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { isObject } from '../core/json';

/** The error's name alone: its message may say who asked. */
const nameOf = (error: unknown): string =>
  error instanceof Error && /^[\w.-]{1,80}$/.test(error.name) ? error.name : 'something unknown';

/**
 * Always the current version: one that is still being rotated in (AWSPENDING) is not tried. A text is what Secrets Manager answered
 * instead: the name of an error.
 */
export const readSecret = (
  secrets: Pick<SecretsManagerClient, 'send'>,
  arn: string,
): Promise<{ readonly text: string | undefined } | string> =>
  secrets
    .send(new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSCURRENT' }))
    .then(({ SecretString: text }) => ({ text }), nameOf);

export const parsedSecret = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Keys are shown, if they look like such and are shorter than a secret: a value may have been put where a key belongs. */
export const shapeOfSecret = (secret: unknown): string => {
  if (!isObject(secret)) return 'no JSON object';
  const keys = Object.keys(secret).filter((key) => /^[A-Za-z_-]{1,20}$/.test(key));
  const others = Object.keys(secret).length - keys.length;
  const named = keys.length === 0 ? 'none that can be shown' : keys.sort().join(', ');
  return `the keys ${named}${others > 0 ? ` and ${others} more` : ''}`;
};
