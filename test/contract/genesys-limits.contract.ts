import { randomUUID } from 'node:crypto';
import { detailsOf, type Answered, type AskGenesys, type Row } from './genesys-asked';

/* How much may be asked, and how too much is refused. */

const limitsPage = 'public code that quotes the limits page';
const headersOf = ({ headers }: Answered): readonly (string | null)[] =>
  ['count', 'allowed', 'reset'].map((name) => headers.get(`inin-ratelimit-${name}`));

const used = 'the quota of a real client would be used up';

/** The answers to so many questions, one after the other. */
const ask = async ({ get }: AskGenesys, times: number, path = detailsOf(randomUUID())): Promise<readonly Answered[]> => {
  const answers: Answered[] = [];
  while (answers.length < times) answers.push(await get(path));
  return answers;
};

export const limitRows: readonly Row[] = [
  {
    says: 'every answer tells how many requests counted, how many may, and when it starts anew',
    verifiedBy: 'MyPureCloud/developer-center-blog, 2021-05-06',
    proof: async ({ get }) => {
      const numbers = headersOf(await get(detailsOf(randomUUID()))).map(Number);
      expect(numbers.every(Number.isInteger)).toBe(true);
      expect(numbers[0]).toBeLessThanOrEqual(numbers[1]!);
    },
  },
  {
    says: 'each request counts one more',
    verifiedBy: 'MyPureCloud/developer-center-blog, 2021-05-06',
    proof: async (genesys) => {
      const [first, second] = (await ask(genesys, 2)).map((answer) => Number(headersOf(answer)[0]));
      // A minute may begin between the two.
      expect(second === first! + 1 || second === 1).toBe(true);
    },
  },
  {
    says: 'a client may ask 300 times a minute',
    verifiedBy: `${limitsPage} (client.credentials.token.rate.per.minute)`,
    needsScript: used,
    proof: async (genesys) => {
      const answers = await ask(genesys, 301);
      expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 300 }, () => 200), 429]);
      expect(headersOf(answers[0]!)).toEqual(['1', '300', '60']);
    },
  },
  {
    says: 'a 429 asks for whole seconds, and they are enough',
    verifiedBy: 'MyPureCloud/terraform-provider-genesyscloud',
    needsScript: used,
    proof: async (genesys) => {
      const { control, advance } = genesys.subject.script!;
      control.limits({ requestsPerMinute: 1 });
      await ask(genesys, 1);
      advance(10_500);
      const [refused] = await ask(genesys, 1);
      expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([429, '50']);
      expect(refused?.body).toMatchObject({ code: 'too.many.requests', status: 429, limit: { value: 1 } });
      advance(50_000);
      expect((await ask(genesys, 1))[0]?.status).toBe(200);
    },
  },
  {
    says: 'a 429 may ask for hours',
    verifiedBy: 'a comment in the public SDKs',
    needsScript: used,
    proof: async (genesys) => {
      genesys.subject.script!.control.limits({ requestsPerMinute: 0, retryAfterSeconds: 7_200 });
      expect((await ask(genesys, 1))[0]?.headers.get('retry-after')).toBe('7200');
    },
  },
  {
    says: 'a part of the API may allow less, and refuse alone',
    verifiedBy: 'MyPureCloud/developer-center-blog, 2021-05-06 (an answer that allows 180)',
    needsScript: used,
    proof: async (genesys) => {
      genesys.subject.script!.control.limits({ resources: [{ path: '/details$', requestsPerMinute: 2 }] });
      const answers = await ask(genesys, 3);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(headersOf(answers[0]!)[1]).toBe('2');
      const [other] = await ask(genesys, 1, '/api/v2/notifications/availabletopics');
      expect([other?.status, headersOf(other!)[1]]).toEqual([200, '300']);
    },
  },
  {
    says: 'another client has a limit of its own',
    verifiedBy: limitsPage,
    needsScript: used,
    proof: async (genesys) => {
      const { control } = genesys.subject.script!;
      control.limits({ requestsPerMinute: 1 });
      expect((await ask(genesys, 2)).map(({ status }) => status)).toEqual([200, 429]);
      control.clients([genesys.subject.client, { ...genesys.subject.client, id: 'another' }]);
      const headers = {
        authorization: `Basic ${Buffer.from(`another:${genesys.subject.client.secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      };
      const answer = await fetch(`${genesys.subject.loginUrl}/oauth/token`, {
        method: 'POST',
        headers,
        body: 'grant_type=client_credentials',
      });
      const { access_token } = (await answer.json()) as { access_token: string };
      expect((await genesys.get(detailsOf(randomUUID()), access_token)).status).toBe(200);
    },
  },
  {
    says: 'a body of more than 512,000 bytes is refused',
    verifiedBy: `${limitsPage} (request.bytes.max)`,
    proof: async ({ query }) => {
      const { status } = await query({ interval: '2026-01-05T00:00:00Z/2026-01-06T00:00:00Z', order: ' '.repeat(512_001) });
      expect([400, 413]).toContain(status);
    },
  },
];
