import { anOrganisation } from '../../localstack/embedded/genesys/organisation';
import { anIntegration, asWanted, is, once, start, wanted } from './provisioned';

const configPath = '/config/current';
const create = 'POST /api/v2/integrations 200';
const configure = 'PUT /api/v2/integrations/<id>/config/current 200';
const enable = 'PATCH /api/v2/integrations/<id> 200';

describe.each(['409', '400'] as const)('where a version that is not the current one is a %s, somebody else', (staleVersion) => {
  const switches = { switches: { staleVersion } };

  test('who changes the configuration meanwhile loses nothing, and is told of', async () => {
    const ours = anIntegration();
    const organisation = anOrganisation({ integrations: [ours] });
    const { provision, announced, writes } = await start(organisation, switches);
    organisation.before = once(is('PUT', configPath), () => {
      ours.config = { ...ours.config, version: 2, notes: 'mine now' };
    });
    expect(await provision()).toMatchObject({ notTaken: [] });
    expect(ours.config).toMatchObject({ version: 3, notes: 'mine now', properties: { eventFilter: wanted.topics } });
    expect(announced).toContain('It was changed meanwhile: notes.');
    expect(writes()).toEqual([configure.replace('200', staleVersion), configure, enable]);
  });

  test('who does the same meanwhile has done it', async () => {
    const ours = anIntegration();
    const organisation = anOrganisation({ integrations: [ours] });
    const { provision, writes } = await start(organisation, switches);
    organisation.before = once(is('PUT', configPath), () => void (ours.config = asWanted().config));
    expect(await provision()).toMatchObject({ notTaken: [] });
    expect(writes()).toEqual([configure.replace('200', staleVersion), enable]);
  });

  test('who points it to another account meanwhile keeps it', async () => {
    const ours = anIntegration();
    const organisation = anOrganisation({ integrations: [ours] });
    const { provision } = await start(organisation, switches);
    organisation.before = once(is('PUT', configPath), () => {
      ours.config = { ...ours.config, version: 2, properties: { awsAccountId: '999999999999' } };
    });
    await expect(provision()).rejects.toThrow('awsAccountId is "999999999999"');
    expect(ours.config.properties).toEqual({ awsAccountId: '999999999999' });
  });

  test('who changes it again and again is left alone', async () => {
    const ours = anIntegration();
    const organisation = anOrganisation({ integrations: [ours] });
    const { provision, writes } = await start(organisation, switches);
    organisation.before = (question) => {
      if (is('PUT', configPath)(question)) ours.config = { ...ours.config, version: ours.config.version + 1 };
    };
    await expect(provision()).rejects.toThrow('it was changed twice while this ran');
    expect(writes()).toHaveLength(2);
  });

  test('who deletes it meanwhile is believed', async () => {
    for (const fits of [is('PUT', configPath), ({ method }: { readonly method: string }) => method === 'PATCH']) {
      const organisation = anOrganisation({ integrations: [anIntegration()] });
      organisation.before = once(fits, () => void organisation.integrations.splice(0));
      const here = await start(organisation);
      await expect(here.provision()).rejects.toThrow('it was deleted meanwhile');
      expect(organisation.integrations).toEqual([]);
    }
    await start();
  });

  test('who sets up another of the name at the same time is seen before anything is enabled', async () => {
    const organisation = anOrganisation();
    organisation.before = once(is('POST', '/integrations'), () => void organisation.integrations.push(anIntegration()));
    const { provision, writes } = await start(organisation, switches);
    await expect(provision()).rejects.toThrow('which is neither configured nor enabled');
    expect(writes()).toEqual([create]);
  });
});

test('where a name may be taken once only, who was slower goes on with what the quicker has made', async () => {
  const organisation = anOrganisation();
  organisation.before = once(is('POST', '/integrations'), () => void organisation.integrations.push(anIntegration()));
  const { provision, writes } = await start(organisation, { switches: { takenName: 'refused' } });
  expect(await provision()).toMatchObject({ intendedState: 'ENABLED', notTaken: [] });
  expect(organisation.integrations).toHaveLength(1);
  expect(writes()).toEqual([create.replace('200', '409'), configure, enable]);
});

test('two runs at once make one integration, or stop with two that are not enabled', async () => {
  const organisation = anOrganisation();
  const { provision } = await start(organisation);
  const runs = await Promise.allSettled([provision(), provision()]);
  expect(organisation.integrations.length).toBeLessThanOrEqual(2);
  const enabled = organisation.integrations.filter(({ intendedState }) => intendedState === 'ENABLED');
  expect(enabled.length).toBeLessThanOrEqual(1);
  expect(runs.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(organisation.integrations.length - 1);
});
