import {
  bearerProvenBy,
  isTimely,
  readSignature,
  sign,
  signatureProvenBy,
  signatureToleranceSeconds,
} from '../../../src/core/ingest/signature';

const body = Buffer.from('{"ä":1}');
const secrets = ['made-up-secret-number-one', 'made-up-secret-number-two'];
const at = 1_767_614_400;

const signature = (text: string, timestamp = String(at)) => readSignature(timestamp, text)!;

describe('a signature', () => {
  test('is what openssl makes of the timestamp, a dot and the bytes', () => {
    // printf '1767614400.{"ä":1}' | openssl dgst -sha256 -hmac made-up-secret-number-one -r
    expect(sign(secrets[0]!, at, body)).toBe('v1=9f49b264defa0842196565f9c9ac90bd722b33c253e591ffaa01f6167ddc3f84');
  });

  test('is proven by whichever secret made it, and by no other', () => {
    for (const secret of secrets) expect(signatureProvenBy(secrets, signature(sign(secret, at, body)), body)).toBe(secret);
    expect(signatureProvenBy(secrets, signature(sign('made-up-secret-of-nobody', at, body)), body)).toBeNull();
    expect(signatureProvenBy([], signature(sign(secrets[0]!, at, body)), body)).toBeNull();
  });

  test('holds for its bytes and its timestamp alone', () => {
    const made = sign(secrets[0]!, at, body);
    expect(signatureProvenBy(secrets, signature(made), Buffer.concat([body, Buffer.from(' ')]))).toBeNull();
    expect(signatureProvenBy(secrets, signature(made, String(at + 1)), body)).toBeNull();
    expect(signatureProvenBy(secrets, signature(made, `0${at}`), body)).toBeNull();
  });

  test('may be in hex of either case', () => {
    const made = sign(secrets[0]!, at, body).slice('v1='.length).toUpperCase();
    expect(signatureProvenBy(secrets, signature(`v1=${made}`), body)).toBe(secrets[0]);
  });

  test.each([
    [undefined, `v1=${'a'.repeat(64)}`],
    [String(at), undefined],
    [String(at), 'a'.repeat(64)],
    [String(at), `v2=${'a'.repeat(64)}`],
    [String(at), `v1=${'a'.repeat(63)}`],
    [String(at), `v1=${'a'.repeat(64)}, v1=${'b'.repeat(64)}`],
    [`${at}.5`, `v1=${'a'.repeat(64)}`],
    [`-${at}`, `v1=${'a'.repeat(64)}`],
    ['9'.repeat(13), `v1=${'a'.repeat(64)}`],
  ])('is not read out of %s and %s', (timestamp, text) => {
    expect(readSignature(timestamp, text)).toBeNull();
  });

  test('is timely while its clock is off by no more than is tolerated, in either direction', () => {
    const offBy = (seconds: number): boolean => isTimely(signature(`v1=${'a'.repeat(64)}`), (at + seconds) * 1000);
    const most = signatureToleranceSeconds;
    expect([-most - 1, -most, 0, most, most + 1].map(offBy)).toEqual([false, true, true, true, false]);
  });
});

test('a bearer is proven by the very secret', () => {
  expect(bearerProvenBy(secrets, secrets[1]!)).toBe(secrets[1]);
  for (const wrong of ['', secrets[0]!.slice(1), `${secrets[0]} `, secrets[0]!.toUpperCase()])
    expect(bearerProvenBy(secrets, wrong)).toBeNull();
});
