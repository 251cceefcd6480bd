import { durationOrOff, list, matching, optional, wholeNumber, withDefault, type Kind } from './config-kinds';
import { ingestSecretRule } from './core/ingest/secrets';

const entries = list('secrets', ingestSecretRule.pattern);

/** Two at a time, so that one can be replaced while the other still holds. */
const secrets: Kind<readonly string[]> = {
  type: `one secret or two, separated by a comma, each of ${ingestSecretRule.type}`,
  parse: (text) => {
    const found = entries.parse(text);
    return found.length <= ingestSecretRule.most ? found : entries.parse('');
  },
  secret: true,
};

/** What `tidemark ingest` reads besides QUEUE_URL, TABLE_NAME and what every process reads. */
export const ingestVariables = {
  INGEST_HOST: withDefault(
    matching('an IP address', /^[\d.]{7,15}$|^[\da-f:]{2,39}$/),
    '0.0.0.0',
    'Address that `tidemark ingest` listens on. `127.0.0.1`: this machine alone.',
  ),
  INGEST_PORT: withDefault(wholeNumber('', 0, 65_535), 8_000, 'Port that `tidemark ingest` listens on. 0: any that is free.'),
  INGEST_BEARER_SECRETS: optional(secrets, 'What senders send as `Authorization: Bearer`. Never logged.'),
  INGEST_SIGNING_SECRETS: optional(secrets, 'What senders sign with. Never logged.'),
  INGEST_SECRET_ARN: optional(
    matching('the ARN of a Secrets Manager secret', /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:\S{1,520}$/),
    'Instead of both: a secret that holds `{"bearer": […], "signing": […]}`. It may be changed without a restart.',
  ),
  INGEST_MAX_BODY_BYTES: withDefault(
    wholeNumber('bytes', 1_024, 1_046_528),
    262_144,
    'Largest body that is taken. SQS takes 1 MiB, headers that travel included.',
  ),
  INGEST_MAX_PER_SECOND: withDefault(
    wholeNumber('posts', 1, 100_000),
    1_000,
    'Posts a second that one process takes with one secret.',
  ),
  INGEST_MAX_WAITING: withDefault(
    wholeNumber('posts', 1, 100_000),
    1_000,
    'Posts that one process has in hand at most; more are turned away before their body is read.',
  ),
  INGEST_GATHER_MS: withDefault(
    wholeNumber('milliseconds', 0, 1_000),
    5,
    'How long a write to the queue waits for other posts, to go with them.',
  ),
  INGEST_TIMEOUT_MS: withDefault(
    wholeNumber('milliseconds', 100, 60_000),
    10_000,
    'Longest that a sender waits: for its body to be read, and then for the queue.',
  ),
  IDEMPOTENCY_TTL: withDefault(
    durationOrOff(1_000, 7 * 86_400_000),
    86_400_000,
    'How long an `X-Idempotency-Key` is kept with a hash of its body.',
  ),
};
