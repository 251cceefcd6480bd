import { matching, type Kind } from '../src/config-kinds';

/* ARNs that more than one setting takes. */

export const secretArn: Kind<string> = {
  ...matching(
    'the whole ARN of a Secrets Manager secret, with the six characters that AWS ends it with',
    /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:\S{1,505}-[A-Za-z0-9]{6}$/,
  ),
  // Who mistakes this for the place of the secret itself does not find it in a log.
  secret: true,
};

export const keyArn = matching('the ARN of a KMS key', /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]{1,64}$/);
