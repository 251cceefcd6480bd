import { sign } from '../../../src/core/ingest/signature';
import { createAuthenticator, type Credentials } from '../../../src/ingest/authenticate';
import type { IngestSecrets } from '../../../src/ports-ingest';

const at = 1_767_614_400;
const nothing: Credentials = { authorization: undefined, timestamp: undefined, signature: undefined };
const bearer = (secret: string): Credentials => ({ ...nothing, authorization: `Bearer ${secret}` });
const body = Buffer.from('{}');
const signed = (secret: string): Credentials => ({ ...nothing, timestamp: String(at), signature: sign(secret, at, body) });

const [old, fresh, other] = ['made-up-secret-that-was', 'made-up-secret-that-is-new', 'made-up-secret-of-another'] as const;

/** Knows the old ones until it is asked for fresh ones. */
const authenticator = (known: IngestSecrets | null, renewed: IngestSecrets | null = known) => {
  const asked: string[] = [];
  const read = (how: 'known' | 'fresh') => {
    asked.push(how);
    return Promise.resolve(how === 'known' ? known : renewed);
  };
  return { asked, authenticate: createAuthenticator({ read }, { nowMs: () => at * 1000 }) };
};

const of = (...secrets: readonly string[]): IngestSecrets => ({ bearer: secrets, signing: [] });

test('a secret that is known is not looked for again', async () => {
  const { asked, authenticate } = authenticator(of(other, old));
  expect(await authenticate(bearer(old))).toMatchObject({ kind: 'proven' });
  expect(asked).toEqual(['known']);
});

test('a secret that is new is found, one that is nobody’s is not', async () => {
  const { asked, authenticate } = authenticator(of(old), of(old, fresh));
  expect(await authenticate(bearer(fresh))).toMatchObject({ kind: 'proven' });
  expect(await authenticate(bearer(other))).toEqual({ kind: 'unproven' });
  expect(asked).toEqual(['known', 'fresh', 'known', 'fresh']);
});

test('two secrets are two senders, and neither can be read out of what stands for it', async () => {
  const { authenticate } = authenticator(of(old, other));
  const senders = await Promise.all(
    [old, other, old].map(async (secret) => ((await authenticate(bearer(secret))) as { sender: string }).sender),
  );
  expect(new Set(senders).size).toBe(2);
  expect(senders[0]).toBe(senders[2]);
  expect(senders.join()).not.toContain('made-up');
});

test('secrets of one kind do not hold for the other', async () => {
  const { authenticate } = authenticator({ bearer: [old], signing: [other] });
  expect(await authenticate(bearer(other))).toEqual({ kind: 'unproven' });
  const claim = await authenticate(signed(old));
  expect(claim.kind === 'signed' && (await claim.judge(body))).toEqual({ kind: 'unproven' });
});

test('whoever sends a bearer is judged by it, whatever else they send', async () => {
  const { authenticate } = authenticator({ bearer: [old], signing: [other] });
  expect(await authenticate({ ...signed(other), authorization: `Bearer ${other}` })).toEqual({ kind: 'unproven' });
  expect(await authenticate({ ...signed(other), authorization: '' })).toEqual({ kind: 'unproven' });
});

test('without secrets nobody is anybody, and a signed body is not read for nothing', async () => {
  const { authenticate } = authenticator(null);
  expect(await authenticate(bearer(old))).toEqual({ kind: 'unknowable' });
  expect(await authenticate(signed(old))).toEqual({ kind: 'unknowable' });
  const { authenticate: later } = authenticator(of(old), null);
  expect(await later(bearer(fresh))).toEqual({ kind: 'unknowable' });
});

test('a signature is judged with its body', async () => {
  const { authenticate } = authenticator({ bearer: [], signing: [old] }, { bearer: [], signing: [old, fresh] });
  for (const secret of [old, fresh]) {
    const claim = await authenticate(signed(secret));
    expect(claim.kind === 'signed' && (await claim.judge(body))).toMatchObject({ kind: 'proven' });
    expect(claim.kind === 'signed' && (await claim.judge(Buffer.from('{ }')))).toEqual({ kind: 'unproven' });
  }
});

test('who proves nothing costs no look at the secrets', async () => {
  const { asked, authenticate } = authenticator(of(old));
  const late = { ...signed(old), timestamp: String(at - 301) };
  for (const credentials of [nothing, late, { ...nothing, authorization: 'Basic eA==' }])
    expect(await authenticate(credentials)).toEqual({ kind: 'unproven' });
  expect(asked).toEqual([]);
});
