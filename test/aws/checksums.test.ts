import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { checksumsOf, md5Checksums } from '../../src/aws/checksums';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (digest: Uint8Array): string => Buffer.from(digest).toString('hex');

type Secret = ConstructorParameters<ReturnType<typeof checksumsOf>>[0];

const sha256 = checksumsOf('sha256');

const digestOf = (Checksum: ReturnType<typeof checksumsOf>, pieces: readonly Uint8Array[], secret?: Secret) => {
  const checksum = new Checksum(secret);
  for (const piece of pieces) checksum.update(piece);
  return checksum.digest();
};

test('a hash is what Node says it is, in however many pieces', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('sha256', 'md5'), pieces, async (algorithm, given) => {
      const expected = createHash(algorithm).update(Buffer.concat(given)).digest('hex');
      expect(hex(await digestOf(checksumsOf(algorithm), given))).toBe(expected);
    }),
  );
});

test('secrets that follow each other, as texts, bytes or buffers of bytes, do not sign for one another', async () => {
  const secret = fc.oneof(
    fc.string(),
    fc.uint8Array({ maxLength: 80 }),
    fc.uint8Array({ maxLength: 80 }).map((view) => view.slice().buffer),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(secret, fc.string()), { minLength: 2, maxLength: 6 }), async (signed) => {
      for (const [key, text] of [...signed, ...signed]) {
        const plain = typeof key === 'string' ? key : Buffer.from(key as Uint8Array);
        const expected = createHmac('sha256', plain).update(text).digest('hex');
        expect(hex(await digestOf(sha256, [bytes(text)], key))).toBe(expected);
      }
    }),
  );
});

// From AWS's documentation of Signature Version 4, "Deriving a signing key".
test("derives AWS's documented signing key, the digest of each step being the secret of the next", async () => {
  let key: Secret = 'AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  for (const part of ['20150830', 'us-east-1', 'iam', 'aws4_request']) key = await digestOf(sha256, [bytes(part)], key);
  expect(hex(key as Uint8Array)).toBe('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
});

test('can be read twice, goes on after it, and begins anew', async () => {
  for (const secret of [undefined, 'secret']) {
    const checksum = new sha256(secret);
    checksum.update(bytes('a'));
    const first = hex(await checksum.digest());
    expect(hex(await checksum.digest())).toBe(first);
    checksum.update(bytes('b'));
    expect(hex(await checksum.digest())).toBe(hex(await digestOf(sha256, [bytes('ab')], secret)));
    checksum.reset();
    checksum.update(bytes('a'));
    expect(hex(await checksum.digest())).toBe(first);
  }
});

test('MD5 stays with the SDK where Node refuses it', () => {
  const refuse = (): never => {
    throw new Error('unsupported');
  };
  expect(md5Checksums(refuse)).toEqual({});
  expect(md5Checksums().md5).toBeDefined();
});
