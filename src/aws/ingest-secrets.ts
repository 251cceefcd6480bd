import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ingestSecretRule } from '../core/ingest/secrets';
import { isObject } from '../core/json';
import type { Clock, Log } from '../ports';
import type { IngestSecrets, IngestSecretSource } from '../ports-ingest';
import { parsedSecret, readSecret, shapeOfSecret } from './secret-value';

/** What was read so long ago is read again before it is used. */
const knownMs = 60_000;
/** Nobody makes us ask more often: neither whoever guesses at secrets, nor a Secrets Manager that fails. */
const leastBetweenMs = 5_000;
/** While they cannot be read, that is said so often. */
const reminderMs = 300_000;

const { most, type, pattern } = ingestSecretRule;
const expected = `{"bearer": […], "signing": […]}, at most ${most} of each and at least one in all, each of ${type}`;

/** One kind's; a single one needs no list. Null: they cannot be used. */
const entriesOf = (value: unknown = []): readonly string[] | null => {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isUsable = (entry: unknown): entry is string => typeof entry === 'string' && pattern.test(entry);
  return entries.length <= most && entries.every(isUsable) ? entries : null;
};

/** A text says what was found instead, never a value. */
const toSecrets = (text: string | undefined): IngestSecrets | string => {
  const secret = parsedSecret(text);
  const bearer = isObject(secret) ? entriesOf(secret['bearer']) : null;
  const signing = isObject(secret) ? entriesOf(secret['signing']) : null;
  const isUsable = bearer !== null && signing !== null && bearer.length + signing.length > 0;
  return isUsable ? { bearer, signing } : shapeOfSecret(secret);
};

type ReadSecrets = () => Promise<IngestSecrets | string>;

const readFrom =
  (secrets: Pick<SecretsManagerClient, 'send'>, arn: string): ReadSecrets =>
  async () => {
    const answer = await readSecret(secrets, arn);
    const place = `expected the secret ${arn} (INGEST_SECRET_ARN)`;
    if (typeof answer === 'string')
      return `${place}, Secrets Manager answered ${answer}. Check that it exists, that it has a value (${expected}), and that the role has secretsmanager:GetSecretValue for it`;
    const found = toSecrets(answer.text);
    return typeof found === 'string' ? `${place} to hold ${expected}; found ${found}. Correct it` : found;
  };

/** Says when they cannot be read, now and then while that lasts, and when they can again or are others. */
const speakOf = (clock: Pick<Clock, 'monotonicMs'>, log: Log) => {
  let saidAtMs: number | null = null;
  return {
    failed: (why: string, hasKnown: boolean): void => {
      const nowMs = clock.monotonicMs();
      if (saidAtMs !== null && nowMs - saidAtMs < reminderMs) return;
      saidAtMs = nowMs;
      const meanwhile = hasKnown ? 'those that were read before still hold' : 'nobody can post';
      log.warn(`The senders' secrets cannot be read: ${meanwhile}.`, { why });
    },
    read: (now: IngestSecrets, before: IngestSecrets | null): void => {
      const isNews = saidAtMs !== null || (before !== null && JSON.stringify(before) !== JSON.stringify(now));
      saidAtMs = null;
      if (isNews) log.info("The senders' secrets were read anew.", { bearer: now.bearer.length, signing: now.signing.length });
    },
  };
};

/** One flight for all who ask, and none where the last began just now. */
const spacedFlights = (clock: Pick<Clock, 'monotonicMs'>, fly: () => Promise<void>) => {
  let flight: Promise<void> | null = null;
  let begunAtMs = -Infinity;
  return (): Promise<void> => {
    if (flight !== null) return flight;
    const nowMs = clock.monotonicMs();
    if (nowMs - begunAtMs < leastBetweenMs) return Promise.resolve();
    begunAtMs = nowMs;
    flight = fly().finally(() => (flight = null));
    return flight;
  };
};

/**
 * The senders' secrets in Secrets Manager, always the current version. While they cannot be read, or are not such as can be used, the
 * last ones hold, and nobody who is content with those waits for the next try.
 */
export const storedIngestSecrets = (
  secrets: Pick<SecretsManagerClient, 'send'>,
  clock: Pick<Clock, 'monotonicMs'>,
  arn: string,
  log: Log,
): IngestSecretSource => {
  const ask = readFrom(secrets, arn);
  const speech = speakOf(clock, log);
  let known: IngestSecrets | null = null;
  let readAtMs = -Infinity;
  let hasFailed = false;

  const readAnew = spacedFlights(clock, async () => {
    const answer = await ask();
    hasFailed = typeof answer === 'string';
    if (typeof answer === 'string') speech.failed(answer, known !== null);
    else {
      speech.read(answer, known);
      known = answer;
      readAtMs = clock.monotonicMs();
    }
  });

  return {
    read: async (how) => {
      const isOld = clock.monotonicMs() - readAtMs >= knownMs;
      const anew = isOld || how === 'fresh' ? readAnew() : null;
      const isContent = how === 'known' && known !== null && hasFailed;
      if (!isContent) await anew;
      return known;
    },
  };
};
