import type { Credentials, Refused, Unavailable } from '../../src/core/genesys-answers';
import type { HttpRequest } from '../../src/genesys/http';
import { givenCredentials } from '../../src/genesys/credentials';
import { silence, type Reply } from '../../src/genesys/reply';
import { createTokenSource } from '../../src/genesys/token';
import { virtualClock } from '../../src/memory/clock';
import type { CredentialSource } from '../../src/ports';

const nothing: Reply = silence(null);
const issued = (access_token: string, expires_in: unknown = 86_399): Reply => ({
  ...nothing,
  status: 200,
  body: { access_token, token_type: 'bearer', expires_in },
});

/** A login host that gives these answers, one after the other, then fails the test. */
const aSource = (...replies: readonly Reply[]) => aSourceWith(givenCredentials('client-1', 'canary-5521'), ...replies);

const aSourceWith = (credentials: CredentialSource, ...replies: readonly Reply[]) => {
  const clock = virtualClock();
  const left = [...replies];
  const requests: HttpRequest[] = [];
  const send = (request: HttpRequest): Promise<Reply> => {
    requests.push(request);
    const reply = left.shift();
    return reply ? Promise.resolve(reply) : Promise.reject(new Error('one request too many'));
  };
  const tokens = createTokenSource({ loginUrl: 'https://login.test', timeoutMs: 30_000 }, send, { clock, credentials });
  return { tokens, clock, requests };
};

const value = (token: string) => expect.objectContaining({ kind: 'token', value: token }) as unknown;

test('a token is asked for with Basic credentials and a form', async () => {
  const { tokens, requests } = aSource(issued('t1'));
  expect(await tokens.current()).toEqual(value('t1'));
  expect(requests).toEqual([
    {
      method: 'POST',
      url: 'https://login.test/oauth/token',
      headers: { Authorization: `Basic ${Buffer.from('client-1:canary-5521').toString('base64')}` },
      form: { grant_type: 'client_credentials' },
      endsAtMs: 10_000,
      mayRepeat: expect.any(Function) as unknown,
    },
  ]);
});

test('many callers share one request', async () => {
  const { tokens, requests } = aSource(issued('t1'));
  const answers = await Promise.all(Array.from({ length: 50 }, () => tokens.current()));
  expect(answers).toEqual(Array.from({ length: 50 }, () => value('t1')));
  expect(requests).toHaveLength(1);
});

test.each([
  ['of a day, five minutes before it ends', 86_400, 86_100],
  ['of five minutes, a minute before it ends', 300, 240],
])('a token %s, is renewed', async (_, lifeSeconds, renewedAtSeconds) => {
  const { tokens, clock, requests } = aSource(issued('t1', lifeSeconds), issued('t2', lifeSeconds));
  await tokens.current();
  await clock.advance(renewedAtSeconds * 1_000 - 1);
  expect(await tokens.current()).toEqual(value('t1'));
  expect(requests).toHaveLength(1);
  await clock.advance(1);
  expect(await tokens.current()).toEqual(value('t2'));
});

test('a token that cannot be renewed is used until it expires, without asking at every call', async () => {
  const { tokens, clock, requests } = aSource(issued('t1', 300), { ...nothing, askedMs: 30_000 }, nothing, nothing);
  await tokens.current();
  await clock.advance(250_000);
  expect(await tokens.current()).toEqual(value('t1'));
  expect(await tokens.current()).toEqual(value('t1'));
  expect(requests).toHaveLength(2);
  await clock.advance(50_000);
  expect(await tokens.current()).toMatchObject({ kind: 'unavailable' });
});

test('a token that was turned down is replaced by one request, whoever notices', async () => {
  const { tokens, requests } = aSource(issued('t1'), issued('t2'));
  await tokens.current();
  expect(await Promise.all([tokens.renew('t1'), tokens.renew('t1')])).toEqual([value('t2'), value('t2')]);
  expect(await tokens.renew('t1')).toEqual(value('t2'));
  expect(requests).toHaveLength(2);
});

test.each([
  [400, 'invalid_client'],
  [401, 'invalid_client'],
  [403, null],
  [302, null],
])('a login answered %i is refused, names host and client, and is not repeated for a minute', async (status, code) => {
  const { tokens, clock, requests } = aSource({ ...nothing, status, code }, issued('t1'));
  const answer = await tokens.current();
  expect(answer).toMatchObject({
    kind: 'refused',
    why: expect.stringMatching(/client-1.*https:\/\/login\.test.*region/) as string,
  });
  expect(JSON.stringify(answer)).not.toContain('canary');
  expect(await tokens.current()).toEqual(answer);
  await clock.advance(59_999);
  expect(await tokens.current()).toEqual(answer);
  expect(requests).toHaveLength(1);
  await clock.advance(1);
  expect(await tokens.current()).toEqual(value('t1'));
});

test.each([
  ['429 with a wait', { ...nothing, status: 429, askedMs: 90_000 }, 90_000],
  ['503', { ...nothing, status: 503 }, 15_000],
  ['nothing', { ...nothing, code: 'ECONNREFUSED' }, 15_000],
  ['a page instead of a token', { ...nothing, status: 200, body: '<html>' }, 15_000],
  ['a token without a life', issued('t0', null), 15_000],
  ['an empty token', issued('', 60), 15_000],
])('a login answered with %s is left alone until its time has come', async (_, reply, waitMs) => {
  const { tokens, clock, requests } = aSource(reply, issued('t1'));
  expect(await tokens.current()).toMatchObject({ kind: 'unavailable', retryAfterMs: waitMs });
  await clock.advance(waitMs - 1_000);
  expect(await tokens.current()).toMatchObject({ kind: 'unavailable', retryAfterMs: 1_000 });
  expect(requests).toHaveLength(1);
  await clock.advance(1_000);
  expect(await tokens.current()).toEqual(value('t1'));
});

test('a login host that asks to stay away is no outage', async () => {
  const throttled = aSource({ ...nothing, status: 429, askedMs: 90_000 });
  expect(await throttled.tokens.current()).toMatchObject({ kind: 'unavailable', isThrottle: true });
  expect(await aSource({ ...nothing, status: 503 }).tokens.current()).not.toHaveProperty('isThrottle');
});

describe('a secret that is kept elsewhere', () => {
  const credentials = (clientSecret: string): Credentials => ({ kind: 'credentials', clientId: 'client-1', clientSecret });
  /** `known`, until it is read anew. */
  const kept = (known: Credentials | Refused | Unavailable, now: Credentials | Refused | Unavailable) => {
    const reads: string[] = [];
    const source: CredentialSource = {
      read: (how) => {
        reads.push(how);
        return Promise.resolve(how === 'known' ? known : now);
      },
    };
    return { source, reads };
  };
  const refusedLogin: Reply = { ...nothing, status: 401, code: 'invalid_client' };

  test('is read anew when it is turned down, and a rotated one is tried at once', async () => {
    const { source, reads } = kept(credentials('canary-old'), credentials('canary-new'));
    const { tokens, requests } = aSourceWith(source, refusedLogin, issued('t1'));
    expect(await tokens.current()).toEqual(value('t1'));
    expect(reads).toEqual(['known', 'anew']);
    expect(requests.map(({ headers }) => Buffer.from(headers?.['Authorization']?.slice(6) ?? '', 'base64').toString())).toEqual([
      'client-1:canary-old',
      'client-1:canary-new',
    ]);
  });

  test('is not tried twice when it is still the same', async () => {
    const { source } = kept(credentials('canary-old'), credentials('canary-old'));
    const { tokens, requests } = aSourceWith(source, refusedLogin);
    expect(await tokens.current()).toMatchObject({ kind: 'refused' });
    expect(requests).toHaveLength(1);
  });

  test('and that cannot be read makes a token unavailable, until it can be', async () => {
    const away: Unavailable = { kind: 'unavailable', why: 'Secrets Manager answered InternalServiceError', retryAfterMs: 15_000 };
    const { tokens, requests, clock } = aSourceWith(kept(away, away).source);
    expect(await tokens.current()).toEqual(away);
    await clock.advance(5_000);
    expect(await tokens.current()).toEqual({ ...away, retryAfterMs: 10_000 });
    expect(requests).toEqual([]);
  });

  test('and cannot be read again leaves the refusal as it is', async () => {
    const away: Unavailable = { kind: 'unavailable', why: 'Secrets Manager answered nothing', retryAfterMs: 15_000 };
    const { tokens } = aSourceWith(kept(credentials('canary-old'), away).source, refusedLogin);
    expect(await tokens.current()).toMatchObject({ kind: 'refused', why: expect.stringContaining('invalid_client') as string });
  });
});
