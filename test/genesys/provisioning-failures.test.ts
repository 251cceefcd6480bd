import { anOrganisation } from '../../localstack/embedded/genesys/organisation';
import { administrator, is, once, start } from './provisioned';

const configPath = '/config/current';

describe('a permission that is missing is named, for', () => {
  const { permissions } = administrator;
  test.each(permissions)('%s', async (missing) => {
    const clients = [{ ...administrator, permissions: permissions.filter((one) => one !== missing) }];
    const { provision, lines } = await start(anOrganisation(), { clients });
    await expect(provision()).rejects.toThrow(`Give OAuth client client-1 a role with ${missing}`);
    expect(lines.join()).not.toContain('canary');
  });
});

describe('too many requests', () => {
  test.each([
    ['the list', is('GET', '/organizations/me'), 'integrations$'],
    ['the creation', is('GET', '/integrations'), 'integrations$'],
    ['the configuration', is('GET', configPath), 'current$'],
    ['the enabling', is('PUT', configPath), 'integrations/[^/]+$'],
  ])('are waited for where that is short, at %s, and nothing is made twice', async (_, before, path) => {
    const organisation = anOrganisation();
    const { provision, api, slept, genesys } = await start(organisation);
    organisation.after = once(before, () => genesys.control.faults([{ answer: 429, retryAfterSeconds: 5, path }]));
    await api.organisationId();
    expect(await provision()).toMatchObject({ intendedState: 'ENABLED', notTaken: [] });
    expect(slept).toEqual([5_000]);
    expect(organisation.integrations).toHaveLength(1);
  });

  test('are told where the wait is long', async () => {
    const { provision, slept } = await start(anOrganisation(), { faults: [{ answer: 429, retryAfterSeconds: 900 }] });
    await expect(provision()).rejects.toThrow('Try again in 900 s');
    expect(slept).toEqual([]);
  });
});

test.each(['html', 'list', 'empty', 'half', 500, 503, 'cut'] as const)(
  'an answer spoilt as %s is no integration',
  async (answer) => {
    const { provision, organisation } = await start(anOrganisation(), { faults: [{ answer, times: 100, path: 'integrations' }] });
    await expect(provision()).rejects.toMatchObject({ name: 'GenesysFailedError' });
    expect(organisation.integrations).toEqual([]);
  },
);

test('whatever a PATCH and a 404 are answered with, the outcome is the same', async () => {
  for (const patchAnswer of ['nothing', 'no-content'] as const) {
    const here = await start(anOrganisation(), { switches: { patchAnswer, notFoundBody: 'nothing' } });
    expect(await here.provision()).toMatchObject({ intendedState: 'ENABLED', notTaken: [] });
  }
});
