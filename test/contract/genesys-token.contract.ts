import { randomUUID } from 'node:crypto';
import { detailsOf, type Row } from './genesys-asked';

/* The token, and who may ask with it. */

const sdk = 'MyPureCloud/platform-client-sdk-dotnet';
const errorCodes = 'gildas/go-gcloudcx';

export const tokenRows: readonly Row[] = [
  {
    says: 'a token is given for Basic credentials and a form, with its life in seconds',
    verifiedBy: sdk,
    proof: async ({ login }) => {
      const { status, body } = await login();
      expect([status, body]).toEqual([
        200,
        expect.objectContaining({ access_token: expect.any(String) as string, expires_in: expect.any(Number) as number }),
      ]);
      expect(String(body?.['token_type']).toLowerCase()).toBe('bearer');
    },
  },
  {
    says: 'a client may have tokens of 5 minutes to 48 hours',
    verifiedBy: `${sdk} (OAuthClient.accessTokenValiditySeconds)`,
    proof: async ({ login }) => {
      const life = Number((await login()).body?.['expires_in']);
      // What is left of a token may be a second less than what it was given.
      expect(life).toBeGreaterThan(290);
      expect(life).toBeLessThanOrEqual(172_800);
    },
  },
  {
    says: 'a wrong secret is refused in the words of OAuth',
    verifiedBy: 'RFC 6749, 5.2',
    proof: async ({ login }) => {
      const { status, body } = await login('no-such-secret');
      expect([400, 401]).toContain(status);
      expect(body).toMatchObject({ error: 'invalid_client' });
    },
  },
  {
    says: 'a token whose life is over is refused with 401',
    verifiedBy: errorCodes,
    needsScript: 'time has to pass',
    proof: async ({ subject, get, token }) => {
      subject.script!.control.limits({ tokenLifetimeSeconds: 300 });
      await token();
      subject.script!.advance(299_000);
      expect((await get(detailsOf(randomUUID()))).status).toBe(200);
      subject.script!.advance(1_000);
      expect((await get(detailsOf(randomUUID()))).status).toBe(401);
    },
  },
  {
    says: 'the API asks for a token, and says so in its own words',
    verifiedBy: errorCodes,
    proof: async ({ get }) => {
      const { status, body } = await get(detailsOf(randomUUID()), null);
      expect(status).toBe(401);
      expect(body).toMatchObject({ code: 'authentication.required', status: 401 });
    },
  },
  {
    says: 'a made-up token is refused with 401',
    verifiedBy: errorCodes,
    proof: async ({ get }) => expect((await get(detailsOf(randomUUID()), randomUUID())).status).toBe(401),
  },
  {
    says: 'a client without the permission is refused with 403',
    verifiedBy: errorCodes,
    needsScript: 'roles would have to be taken from the client',
    proof: async ({ get, subject }) => {
      const { control } = subject.script!;
      control.clients([{ ...subject.client, permissions: ['routing:queue:view'] }]);
      const { status, body } = await get(detailsOf(randomUUID()));
      expect([status, body?.['code']]).toEqual([403, 'missing.any.permissions']);
      expect(body?.['message']).toContain('analytics:conversationDetail:view');
    },
  },
  {
    says: 'an error has a message, a code, its status and an id for support',
    verifiedBy: `${sdk} (ErrorBody)`,
    proof: async ({ query }) => {
      const { status, body } = await query({});
      expect(status).toBe(400);
      expect(body).toMatchObject({ message: expect.any(String) as string, code: expect.any(String) as string, status: 400 });
      expect(body?.['contextId']).toEqual(expect.any(String));
    },
  },
  {
    says: 'every answer of the API has an id to tell support',
    verifiedBy: 'MyPureCloud/developer-center-blog, 2021-05-06',
    proof: async ({ get }) => {
      expect((await get(detailsOf(randomUUID()))).headers.get('inin-correlation-id')).toBeTruthy();
      expect((await get(detailsOf(randomUUID()), null)).headers.get('inin-correlation-id')).toBeTruthy();
    },
  },
  {
    says: 'what a tutorial calls event streams is not there',
    verifiedBy: `${sdk} (no such call)`,
    proof: async ({ get }) => {
      expect((await get('/api/v2/eventstreams')).status).toBe(404);
      expect((await get('/api/v2/eventsub/subscription')).status).toBe(404);
    },
  },
  {
    says: 'topics can be asked for by anybody, with their schemas',
    verifiedBy: `${sdk} (NotificationsApi)`,
    proof: async ({ get }) => {
      const { status, body } = await get('/api/v2/notifications/availabletopics?expand=schema');
      expect(status).toBe(200);
      expect(Array.isArray(body?.['entities'])).toBe(true);
    },
  },
];
