import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/*
 * What a sender proves itself with. A signature says that somebody who knows a secret sent these bytes at this time:
 * `v1=` and the HMAC-SHA256, in hex, of the timestamp as it was sent, a dot, and the body's bytes.
 */

export const signatureHeaders = { timestamp: 'x-tidemark-timestamp', signature: 'x-tidemark-signature' } as const;

/** How far a sender's clock may be from AWS's; and how long somebody who overheard a post may send it again. */
export const signatureToleranceSeconds = 300;

export interface Signature {
  /** Unix seconds, as they were sent: they are part of what is signed. */
  readonly timestamp: string;
  /** In hex, lower case. */
  readonly hmac: string;
}

/** What the two headers hold, or null where they are not of their forms. */
export const readSignature = (timestamp: string | undefined, signature: string | undefined): Signature | null => {
  const hmac = /^v1=([\da-f]{64})$/i.exec(signature ?? '')?.[1];
  const isTimestamp = timestamp !== undefined && /^\d{1,12}$/.test(timestamp);
  return hmac === undefined || !isTimestamp ? null : { timestamp, hmac: hmac.toLowerCase() };
};

export const isTimely = ({ timestamp }: Signature, nowMs: number): boolean =>
  Math.abs(nowMs / 1000 - Number(timestamp)) <= signatureToleranceSeconds;

const hmacOf = (secret: string, timestamp: string, body: Uint8Array): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');

/** The value of the signature's header: what a sender does. */
export const sign = (secret: string, timestampSeconds: number, body: Uint8Array): string =>
  `v1=${hmacOf(secret, String(timestampSeconds), body)}`;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The first of the secrets whose proof is the one that was given, or null. It takes as long whichever that is, and however much of a wrong one
 * is right: hashes of one length are compared, and always with all.
 */
const provenBy = (secrets: readonly string[], given: string, proofBy: (secret: string) => string): string | null => {
  const digest = sha256(given);
  const matches = secrets.map((secret) => timingSafeEqual(digest, sha256(proofBy(secret))));
  return secrets[matches.indexOf(true)] ?? null;
};

export const bearerProvenBy = (secrets: readonly string[], token: string): string | null =>
  provenBy(secrets, token, (secret) => secret);

export const signatureProvenBy = (secrets: readonly string[], { timestamp, hmac }: Signature, body: Uint8Array): string | null =>
  provenBy(secrets, hmac, (secret) => hmacOf(secret, timestamp, body));
