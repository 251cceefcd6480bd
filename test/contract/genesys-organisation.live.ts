import { hostsOfRegion } from '../../src/genesys/regions';
import { dayOf, withEnd, type AskGenesys, type Ended, type GenesysSubject } from './genesys-asked';
import { organisationContract } from './genesys.contract';

/* Against a real organisation. Everything that is asked only reads; one of the logins is wrong on purpose. */

const given = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`Expected ${name} to be set. See localstack/README.md for what this suite needs.`);
  return value;
};

const hosts = (): { readonly apiUrl: string; readonly loginUrl: string } => {
  const { GENESYS_API_URL: apiUrl, GENESYS_LOGIN_URL: loginUrl } = process.env;
  if (apiUrl && loginUrl) return { apiUrl, loginUrl };
  const region = given('GENESYS_REGION');
  const known = hostsOfRegion(region);
  if (!known) throw new Error(`Expected GENESYS_REGION to be one of Genesys's, as eu-central-1; got ${region}.`);
  return known;
};

const dayMs = 86_400_000;

/** Of the newest of the last 14 days that has two conversations which are over. Today's may not be settled. */
const findEnded = async ({ query }: AskGenesys): Promise<readonly Ended[]> => {
  for (let ago = 1; ago <= 14; ago += 1) {
    const interval = dayOf(new Date(Date.now() - ago * dayMs).toISOString());
    const { status, body } = await query({ interval, conversationFilters: withEnd });
    if (status !== 200)
      throw new Error(`Expected the query for conversations to be answered, got ${status} ${String(body?.['code'])}.`);
    const found = (body?.['conversations'] ?? []) as readonly Ended[];
    if (found.length >= 2) return found;
  }
  return [];
};

const seen: string[] = [];
afterAll(
  () =>
    void process.stdout.write(`\nWhat this organisation does where nobody knew:\n${seen.map((line) => `  ${line}\n`).join('')}`),
);

let found: Promise<readonly Ended[]> | null = null;

organisationContract(
  () => {
    const client = { id: given('GENESYS_CLIENT_ID'), secret: given('GENESYS_CLIENT_SECRET') };
    const subject: GenesysSubject = { ...hosts(), client, script: null, ended: (genesys) => (found ??= findEnded(genesys)) };
    return Promise.resolve(subject);
  },
  (line) => seen.push(line),
);
