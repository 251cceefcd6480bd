import { anOrganisation } from '../../localstack/embedded/genesys/organisation';
import { anIntegration, asWanted, is, once, start, wanted } from './provisioned';

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
    expect(error).toMatchObject({ name: 'LookFirstError', message: expect.stringMatching(/Nothing was changed\.$/) as string });
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
