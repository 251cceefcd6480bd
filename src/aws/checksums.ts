import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';

/*
 * What the SDK signs and verifies with, by those functions of Node that take all at once. Its own classes can be fed piece by piece
 * and read twice, and with Node 24 they make a key of the same bytes for each signature.
 */

/** What its configuration takes that can begin anew; it takes an older kind, too. */
type Checksums = Extract<SQSClientConfig['md5'], new (secret?: never) => { reset: unknown }>;
type Secret = NonNullable<ConstructorParameters<Checksums>[0]>;

const keyOf = (secret: Secret): KeyObject => {
  if (typeof secret === 'string') return createSecretKey(secret, 'utf8');
  return createSecretKey(
    ArrayBuffer.isView(secret) ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength) : new Uint8Array(secret),
  );
};

/** One key for each secret: of bytes for as long as whoever gave them holds them, of texts the last. */
const keyring = (): ((secret: Secret) => KeyObject) => {
  const ofBytes = new WeakMap<object, KeyObject>();
  let ofText: { readonly text: string; readonly key: KeyObject } | null = null;
  return (secret) => {
    if (typeof secret === 'string') {
      if (ofText?.text !== secret) ofText = { text: secret, key: keyOf(secret) };
      return ofText.key;
    }
    const key = ofBytes.get(secret) ?? keyOf(secret);
    ofBytes.set(secret, key);
    return key;
  };
};

/** For the SDK's `sha256` and `md5`. With a secret it is that hash's HMAC. */
export const checksumsOf = (algorithm: 'sha256' | 'md5'): Checksums => {
  const keyFor = keyring();
  return class {
    private readonly key: KeyObject | null;
    private pieces: Uint8Array[] = [];

    constructor(secret?: Secret) {
      this.key = secret === undefined ? null : keyFor(secret);
    }

    update(piece: Uint8Array): void {
      this.pieces.push(piece);
    }

    digest(): Promise<Uint8Array> {
      const [first = new Uint8Array(), ...more] = this.pieces;
      const all = more.length === 0 ? first : Buffer.concat(this.pieces);
      return Promise.resolve(this.key ? createHmac(algorithm, this.key).update(all).digest() : hash(algorithm, all, 'buffer'));
    }

    reset(): void {
      this.pieces = [];
    }
  };
};

/** For clients of a queue, which check MD5s of bodies. Where Node's may not be used, as under FIPS, they keep the one that the SDK has. */
export const md5Checksums = (digest: typeof hash = hash): { readonly md5?: Checksums } => {
  try {
    digest('md5', '');
    return { md5: checksumsOf('md5') };
  } catch {
    return {};
  }
};
