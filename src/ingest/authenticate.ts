import { createHash } from 'node:crypto';
import { bearerProvenBy, isTimely, readSignature, type Signature, signatureProvenBy } from '../core/ingest/signature';
import type { Clock } from '../ports';
import type { IngestSecrets, IngestSecretSource } from '../ports-ingest';

/** The headers a sender proves itself with. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

export type Verdict =
  /** `sender` stands for the secret that was used, and does not give it away. */
  | { readonly kind: 'proven'; readonly sender: string }
  | { readonly kind: 'unproven' }
  /** Our secrets cannot be had: nobody can be told from anybody. */
  | { readonly kind: 'unknowable' };

/** What can be said before the body is read. `signed`: its form and time are right; the rest is in the body. */
export type Claim = Verdict | { readonly kind: 'signed'; readonly judge: (body: Uint8Array) => Promise<Verdict> };

type Proof = (secrets: IngestSecrets) => string | null;

const unproven: Verdict = { kind: 'unproven' };

const proven = (secret: string): Verdict => ({
  kind: 'proven',
  sender: createHash('sha256').update(`sender:${secret}`).digest('hex').slice(0, 16),
});

/** Who fails with the secrets that we know is judged once more: they may have been replaced just now. */
const judge = async (source: IngestSecretSource, proof: Proof): Promise<Verdict> => {
  for (const how of ['known', 'fresh'] as const) {
    const secrets = await source.read(how);
    if (secrets === null) return { kind: 'unknowable' };
    const secret = proof(secrets);
    if (secret !== null) return proven(secret);
  }
  return unproven;
};

const judgeBearer = (source: IngestSecretSource, authorization: string): Promise<Verdict> | Verdict => {
  const token = /^bearer ([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
  return token === undefined ? unproven : judge(source, ({ bearer }) => bearerProvenBy(bearer, token));
};

/** A body that nobody could judge need not be read. */
const signingSecrets = async (source: IngestSecretSource): Promise<readonly string[] | null> => {
  const known = await source.read('known');
  return known?.signing.length === 0 ? ((await source.read('fresh'))?.signing ?? null) : (known?.signing ?? null);
};

const signedClaim = async (source: IngestSecretSource, signature: Signature): Promise<Claim> => {
  const secrets = await signingSecrets(source);
  if (secrets === null) return { kind: 'unknowable' };
  if (secrets.length === 0) return unproven;
  return {
    kind: 'signed',
    judge: (body) => judge(source, ({ signing }) => signatureProvenBy(signing, signature, body)),
  };
};

/** Who sends both is judged by `Authorization` alone. */
export const createAuthenticator =
  (secrets: IngestSecretSource, clock: Pick<Clock, 'nowMs'>) =>
  async ({ authorization, timestamp, signature }: Credentials): Promise<Claim> => {
    if (authorization !== undefined) return judgeBearer(secrets, authorization);
    const signed = readSignature(timestamp, signature);
    return signed !== null && isTimely(signed, clock.nowMs()) ? signedClaim(secrets, signed) : unproven;
  };

export type Authenticate = ReturnType<typeof createAuthenticator>;
