import { anOrganisation } from '../../localstack/embedded/genesys/organisation';
import type { FakeGenesys, FakeGenesysOptions } from '../../localstack/embedded/genesys/server';
import { administrator, anIntegration, asWanted, is, once, start as startHere, wanted } from './provisioned';

let genesys: FakeGenesys;
afterEach(() => genesys.close());

const start = async (organisation = anOrganisation(), options: Partial<FakeGenesysOptions> = {}) => {
  const here = await startHere(organisation, options);
  ({ genesys } = here);
  return here;
};

const configPath = '/config/current';
const create = 'POST /api/v2/integrations 200';
const configure = 'PUT /api/v2/integrations/<id>/config/current 200';
const enable = 'PATCH /api/v2/integrations/<id> 200';

test('an integration that is not there is created, configured, enabled and read back', async () => {
  const { provision, organisation, writes, announced } = await start();
  expect(await provision()).toMatchObject({ intendedState: 'ENABLED', reportedState: 'ACTIVE', notTaken: [] });
  expect(organisation.integrations).toMatchObject([
    {
      name: 'tidemark',
      type: 'amazon-eventbridge-source',
      config: {
        properties: {
          awsAccountId: '123456789012',
          awsAccountRegion: 'eu-central-1',
          eventSourceSuffix: 'tidemark',
          eventFilter: wanted.topics,
        },
      },
    },
  ]);
  expect(writes()).toEqual([create, configure, enable]);
  // Each is named before it is made.
  expect(announced.map((text) => /(POST|PUT|PATCH) \S+/.exec(text)?.[1])).toEqual(['POST', 'PUT', 'PATCH']);
});

test('a second run finds nothing to do, and writes nothing', async () => {
  const { provision, look, writes, organisation } = await start();
  await provision();
  const before = JSON.stringify(organisation.integrations);
  expect(await look()).toMatchObject({ changes: [] });
  expect(await provision()).toBeNull();
  expect(writes()).toHaveLength(3);
  expect(JSON.stringify(organisation.integrations)).toBe(before);
});

test('the order of topics is no difference', async () => {
  const organisation = anOrganisation({ integrations: [asWanted()] });
  const { look } = await start(organisation);
  const topics = [...wanted.topics].reverse();
  expect((await look({ ...wanted, topics })).changes).toEqual([]);
});

test('what others have set stays: notes, credentials, advanced settings, properties that are none of ours', async () => {
  const ours = asWanted();
  const config = {
    version: 7,
    properties: { ...ours.config.properties, eventFilter: ['v2.users.{id}.presence'], somethingNew: { deep: [1] } },
    advanced: { retries: 3 },
    notes: 'ask Ann before you touch it',
    credentials: { basic: { id: 'credential-1', name: 'listed, not written' } },
  };
  const { provision, organisation, writes } = await start(anOrganisation({ integrations: [{ ...ours, config }] }));
  expect(await provision()).toMatchObject({ notTaken: [] });
  expect(organisation.integrations[0]?.config).toEqual({
    version: 8,
    properties: { ...config.properties, eventFilter: wanted.topics },
    advanced: { retries: 3 },
    notes: 'ask Ann before you touch it',
    credentials: { basic: { id: 'credential-1' } },
  });
  // It was enabled already.
  expect(writes()).toEqual([configure]);
});

test('one that is only disabled is only enabled', async () => {
  const { provision, writes } = await start(anOrganisation({ integrations: [asWanted({ intendedState: 'DISABLED' })] }));
  await provision();
  expect(writes()).toEqual([enable]);
});

test('an integration on a later page is found', async () => {
  const others = Array.from({ length: 230 }, (_, index) => anIntegration({ id: `other-${index}`, name: `other ${index}` }));
  const { look } = await start(anOrganisation({ integrations: [...others, asWanted()] }));
  expect((await look()).changes).toEqual([]);
});

describe('a person must decide, and nothing is changed, where', () => {
  const stopped = async (integrations: Parameters<typeof anOrganisation>[0], asked = wanted): Promise<string> => {
    const { provision, writes } = await start(anOrganisation(integrations));
    const error: unknown = await provision(asked).catch((why: unknown) => why);
    expect(error).toMatchObject({ name: 'LookFirstError' });
    expect(writes()).toEqual([]);
    return (error as Error).message;
  };

  test('two integrations have the name', async () => {
    const message = await stopped({ integrations: [asWanted(), asWanted({ id: 'another-one' })] });
    expect(message).toContain('found 2: f3b1c6a2-0000-4000-8000-000000000001, another-one');
  });

  test('the name is that of another type', async () => {
    expect(await stopped({ integrations: [asWanted({ type: 'custom-rest-actions' })] })).toContain('"custom-rest-actions"');
  });

  test('it sends to another account', async () => {
    const message = await stopped({ integrations: [asWanted()] }, { ...wanted, accountId: '999999999999' });
    expect(message).toContain('awsAccountId is "123456789012", was to be "999999999999"');
  });

  test('it has another suffix or region, because events would be lost until the new source is associated', async () => {
    const message = await stopped({ integrations: [asWanted()] }, { ...wanted, suffix: 'other', region: 'eu-west-1' });
    expect(message).toContain('awsAccountRegion is "eu-central-1", was to be "eu-west-1"');
    expect(message).toContain('eventSourceSuffix is "tidemark", was to be "other"');
    expect(message).toContain('--move');
  });

  test('an integration of another name has the same source', async () => {
    const message = await stopped({ integrations: [asWanted({ name: 'Amazon EventBridge Source' })] });
    expect(message).toContain('"Amazon EventBridge Source"');
  });
});

test('suffix and region move when that is asked for; the account never', async () => {
  const { provision, organisation } = await start(anOrganisation({ integrations: [asWanted()] }));
  expect(await provision({ ...wanted, suffix: 'other' }, true)).toMatchObject({ notTaken: [] });
  expect(organisation.integrations[0]?.config.properties['eventSourceSuffix']).toBe('other');
  await expect(provision({ ...wanted, suffix: 'other', accountId: '999999999999' }, true)).rejects.toThrow('--account');
});

describe('a run that dies', () => {
  test.each([
    ['after it created', is('GET', configPath), 1],
    ['before it configured', is('PUT', configPath), 1],
    ['before it enabled', (question: Parameters<ReturnType<typeof is>>[0]) => question.method === 'PATCH', 2],
  ] as const)('%s is gone on with by the next, which makes no second integration', async (_, fits, version) => {
    const organisation = anOrganisation();
    const { provision, writes } = await start(organisation);
    organisation.before = (question) => {
      if (fits(question)) throw new Error('cut');
    };
    await expect(provision()).rejects.toThrow('Expected Genesys to');
    expect(organisation.integrations).toMatchObject([{ intendedState: 'DISABLED', config: { version } }]);
    delete organisation.before;
    expect(await provision()).toMatchObject({ notTaken: [] });
    expect(organisation.integrations).toMatchObject([{ intendedState: 'ENABLED', config: { version: 2 } }]);
    expect(writes().filter((write) => write === create)).toHaveLength(1);
  });

  test('with the answer to its creation lost says that it may have been made, and never asks twice', async () => {
    const organisation = anOrganisation();
    organisation.after = once(is('POST', '/integrations'), () => {
      throw new Error('cut');
    });
    const { provision } = await start(organisation);
    await expect(provision()).rejects.toThrow('It may have been made all the same');
    expect(organisation.integrations).toHaveLength(1);
    expect(await provision()).toMatchObject({ notTaken: [] });
    expect(organisation.integrations).toHaveLength(1);
  });
});

describe('somebody else', () => {
  test('who changes the configuration meanwhile loses nothing, and is told of', async () => {
    const ours = anIntegration();
    const organisation = anOrganisation({ integrations: [ours] });
    const { provision, announced, writes } = await start(organisation);
    organisation.before = once(is('PUT', configPath), () => {
      ours.config = { ...ours.config, version: 2, notes: 'mine now' };
    });
    expect(await provision()).toMatchObject({ notTaken: [] });
    expect(ours.config).toMatchObject({ version: 3, notes: 'mine now', properties: { eventFilter: wanted.topics } });
    expect(announced).toContain('It was changed meanwhile: notes.');
    expect(writes()).toEqual([configure.replace('200', '409'), configure, enable]);
  });

  test('who does the same meanwhile has done it', async () => {
    const ours = anIntegration();
    const organisation = anOrganisation({ integrations: [ours] });
    const { provision, writes } = await start(organisation);
    organisation.before = once(is('PUT', configPath), () => void (ours.config = asWanted().config));
    expect(await provision()).toMatchObject({ notTaken: [] });
    expect(writes()).toEqual([configure.replace('200', '409'), enable]);
  });

  test('who points it to another account meanwhile keeps it', async () => {
    const ours = anIntegration();
    const organisation = anOrganisation({ integrations: [ours] });
    const { provision } = await start(organisation);
    organisation.before = once(is('PUT', configPath), () => {
      ours.config = { ...ours.config, version: 2, properties: { awsAccountId: '999999999999' } };
    });
    await expect(provision()).rejects.toThrow('awsAccountId is "999999999999"');
    expect(ours.config.properties).toEqual({ awsAccountId: '999999999999' });
  });

  test('who changes it again and again is left alone', async () => {
    const ours = anIntegration();
    const organisation = anOrganisation({ integrations: [ours] });
    const { provision, writes } = await start(organisation);
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
      const here = await startHere(organisation);
      await expect(here.provision()).rejects.toThrow('it was deleted meanwhile');
      expect(organisation.integrations).toEqual([]);
      await here.genesys.close();
    }
    await start();
  });

  test('who sets up another of the name at the same time is seen before anything is enabled', async () => {
    const organisation = anOrganisation();
    organisation.before = once(is('POST', '/integrations'), () => void organisation.integrations.push(anIntegration()));
    const { provision, writes } = await start(organisation);
    await expect(provision()).rejects.toThrow('Expected one integration named "tidemark", found 2');
    expect(writes()).toEqual([create]);
  });
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

test('a configuration that Genesys does not take is no conflict: it is refused once, and what to check is said', async () => {
  const { provision, writes } = await start(anOrganisation({ integrations: [anIntegration()] }));
  await expect(provision({ ...wanted, suffix: 'not allowed' })).rejects.toThrow('answered 400 bad.request. Check --suffix');
  expect(writes()).toEqual([configure.replace('200', '400')]);
});

test('what Genesys has otherwise than it was told is found when it is read back', async () => {
  const ours = anIntegration();
  const organisation = anOrganisation({ integrations: [ours] });
  organisation.after = once(is('PUT', configPath), () => {
    const { properties } = ours.config;
    ours.config = { ...ours.config, properties: { ...properties, eventFilter: [wanted.topics[0]] } };
  });
  const { provision } = await start(organisation);
  expect(await provision()).toMatchObject({ notTaken: [{ kind: 'topics', added: [wanted.topics[1]], removed: [] }] });
});

test('a new integration that is not found at once is waited for', async () => {
  const organisation = anOrganisation();
  let misses = 2;
  const hidden: ReturnType<typeof anIntegration>[] = [];
  organisation.before = (question) => {
    if (is('GET', configPath)(question) && misses-- > 0) hidden.push(...organisation.integrations.splice(0));
    else organisation.integrations.push(...hidden.splice(0));
  };
  const { provision, slept } = await start(organisation);
  expect(await provision()).toMatchObject({ notTaken: [] });
  expect(slept.length).toBeGreaterThan(0);
  expect(organisation.integrations).toHaveLength(1);
});

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
    const { provision, api, slept } = await start(organisation);
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
    const here = await startHere(anOrganisation(), { switches: { patchAnswer, notFoundBody: 'nothing' } });
    expect(await here.provision()).toMatchObject({ intendedState: 'ENABLED', notTaken: [] });
    await here.genesys.close();
  }
  await start();
});
