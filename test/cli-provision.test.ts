import { anOrganisation, type Organisation } from '../localstack/embedded/genesys/organisation';
import { startFakeGenesys, type FakeGenesys } from '../localstack/embedded/genesys/server';
import { startFakeEventSources, type Shown } from './aws/fake-event-sources';
import { administrator, anIntegration, asWanted, isWrite } from './genesys/provisioned';
import { offeredTopics } from './core/registry/genesys/offered-topics';
import { createSchemaRegistry } from '../src/core/schema-registry';
import { readSchemaFiles } from '../src/schema-files';
import { runHere } from './run-here';

/* `tidemark provision`, as its user meets it. */

const topics = offeredTopics(createSchemaRegistry(readSchemaFiles(), undefined, 'when-asked'));
const account = '123456789012';
const region = 'eu-central-1';

let environment: typeof process.env;
let genesys: FakeGenesys;
let aws: Awaited<ReturnType<typeof startFakeEventSources>>;
let organisation: Organisation;
let shown: Shown;
beforeAll(async () => {
  environment = { ...process.env };
  aws = await startFakeEventSources(() => shown);
});
beforeEach(async () => {
  organisation = anOrganisation();
  genesys = await startFakeGenesys({ clients: [administrator], topics, organisation });
  shown = { State: 'ACTIVE' };
  use(administrator.secret);
});
afterEach(async () => {
  process.env = { ...environment };
  await genesys.close();
});
afterAll(() => aws.close());

const use = (secret: string): void => {
  const places = { GENESYS_API_URL: genesys.url, GENESYS_LOGIN_URL: genesys.url, AWS_ENDPOINT_URL: aws.url, AWS_REGION: region };
  const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'canary-aws-1' };
  process.env = { ...environment, ...places, ...keys, GENESYS_CLIENT_ID: administrator.id, GENESYS_CLIENT_SECRET: secret };
};
const provision = (...args: readonly string[]) => runHere('provision', ...args);
const writes = () => genesys.control.requests().filter(isWrite);

test('the whole road: nothing there, set up, and a second time nothing to do', async () => {
  const first = await provision('--account', account);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain('+ integration "tidemark" of type amazon-eventbridge-source');
  expect(first.stdout).toContain('~ awsAccountId: none -> "123456789012"');
  expect(first.stdout).toContain('    + v2.detail.events.conversation.{id}.customer.end\n');
  expect(first.stdout).toContain('is "ENABLED"; Genesys reports "ACTIVE".');
  expect(first.stdout).toContain(`aws.partner/genesys.com/cloud/${organisation.id}/tidemark in eu-central-1: ACTIVE`);
  expect(first.stderr).toMatch(/^Creating .*POST.*\nConfiguring .*PUT.*\nEnabling .*PATCH.*\n$/);
  const made = JSON.stringify(organisation.integrations);
  const second = await provision('--account', account);
  expect(second).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('nothing to do') as string });
  expect(JSON.stringify(organisation.integrations)).toBe(made);
  expect(writes()).toHaveLength(3);
});

test('a dry run says all that, changes nothing, and is a difference', async () => {
  const { code, stdout, stderr } = await provision('--account', account, '--dry-run');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toContain('would change:\n  + integration "tidemark"');
  expect(writes()).toEqual([]);
  await provision('--account', account);
  expect(await provision('--account', account, '--dry-run')).toMatchObject({ code: 0 });
});

test('only what records are built from, where that is asked for', async () => {
  await provision('--account', account, '--only', 'reconstruct', '--no-aws');
  const filter = organisation.integrations[0]?.config.properties['eventFilter'] as readonly string[];
  expect(filter).toHaveLength(16);
  expect(filter.every((topic) => topic.startsWith('v2.detail.events.conversation.{id}.'))).toBe(true);
});

test('for machines there is one JSON', async () => {
  shown = { State: 'PENDING', ExpirationTime: 4_102_444_800 };
  const { code, stdout } = await provision('--account', account, '--json', '--suffix', 'calls');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    target: 'integration',
    dryRun: false,
    organisationId: organisation.id,
    integrationId: organisation.integrations[0]?.id,
    intendedState: 'ENABLED',
    reportedState: 'ACTIVE',
    notTaken: [],
    source: {
      name: `aws.partner/genesys.com/cloud/${organisation.id}/calls`,
      state: 'PENDING',
      expiresAt: '2100-01-01T00:00:00.000Z',
    },
  });
  expect((JSON.parse(stdout) as { changes: { change: string }[] }).changes.map(({ change }) => change)).toEqual([
    ...['create', 'set', 'set', 'set', 'topics', 'enable'],
  ]);
});

describe('exit code 1: to be looked at', () => {
  test('a source that is pending, not there, or nobody knows; what was done at Genesys stays done', async () => {
    const states: readonly (readonly [Shown, string])[] = [
      [{ State: 'PENDING', ExpirationTime: 4_102_444_800 }, 'what Genesys sends is lost'],
      ['absent', 'not there'],
      ['denied', 'events:DescribeEventSource'],
    ];
    for (const [state, expected] of states) {
      shown = state;
      const { code, stdout } = await provision('--account', account, '--wait', '0');
      expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining(expected) as string });
    }
    expect(organisation.integrations).toMatchObject([{ intendedState: 'ENABLED' }]);
    expect(await provision('--account', account, '--no-aws')).toMatchObject({ code: 0 });
  });

  test('an integration that Genesys reports as broken', async () => {
    await provision('--account', account);
    organisation.integrations[0]!.reportedState = 'ERROR';
    const { code, stdout } = await provision('--account', account);
    expect(code).toBe(1);
    expect(stdout).toContain('Genesys reports "ERROR"');
  });

  test('an integration that is somebody else’s', async () => {
    organisation.integrations.push(asWanted());
    const { code, stdout, stderr } = await provision('--account', '999999999999');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('awsAccountId is "123456789012", was to be "999999999999"');
    expect(writes()).toEqual([]);
  });

  test('topics that records are built from, and that are not offered; those that only pass are named and left out', async () => {
    genesys.control.topics(topics.filter(({ id }) => !/acw$|presence$/.test(id)));
    const { code, stdout } = await provision('--account', account);
    expect(code).toBe(1);
    expect(stdout).toMatch(/records are built from them: v2\.detail\.events\.conversation\.\{id\}\.acw\./);
    expect(stdout).toMatch(/Left out, .*presence/);
  });
});

test('what somebody wrote into an integration does not steer the terminal', async () => {
  const config = { ...anIntegration().config, properties: { eventFilter: ['v2.\u001b[31mred'] } };
  organisation.integrations.push(anIntegration({ config }));
  const { stdout } = await provision('--account', account, '--dry-run');
  expect(stdout).toContain(String.raw`- "v2.\u001b[31mred"`);
  expect(stdout).not.toContain('\u001b');
});

describe('exit code 2, and no write, for', () => {
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await provision(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(writes()).toEqual([]);
    expect(stderr).not.toContain('canary');
    return stderr;
  };

  test('an account, suffix, region or name that is none', async () => {
    for (const [option, value] of [
      ['--account', '12345'],
      ['--suffix', 'a/b'],
      ['--suffix', 'x'.repeat(65)],
      ['--region', 'Frankfurt'],
      ['--name', 'tide\u001bmark'],
      ['--wait', '601'],
      ['--only', 'pass'],
      ['--target', 'webhook'],
    ] as const)
      expect(await refused(option, value)).toContain(option);
  });

  test('what is missing, all named', async () => {
    delete process.env['AWS_REGION'];
    const stderr = await refused('--name', 'Conversation events');
    for (const option of ['--account', '--region', '--suffix']) expect(stderr).toContain(`${option}: expected`);
  });

  test('a wrong secret', async () => {
    use('canary-wrong-2');
    expect(await refused('--account', account)).toContain("Check the client's id and secret");
  });

  test('a host that is none of Genesys’s', async () => {
    genesys.control.faults([{ answer: 404 }]);
    expect(await refused('--account', account)).toContain('Check that GENESYS_API_URL is the API host');
  });

  test('too many requests, with the time to come again', async () => {
    genesys.control.faults([{ answer: 429, retryAfterSeconds: 61 }]);
    expect(await refused('--account', account)).toContain('Try again in 61 s');
  });

  test('a described call without its address', async () => {
    expect(await refused('--target', 'event-streams')).toContain('--event-bus-arn: expected');
    expect(await refused('--target', 'event-subscription')).toContain('--webhook-url: expected');
    expect(await refused('--target', 'event-subscription', '--webhook-url', 'http://x')).toContain('https://');
  });
});

describe('a call that is described and not listed', () => {
  const stream = ['--target', 'event-streams', '--event-bus-arn', 'arn:aws:events:eu-west-1:123456789012:event-bus/calls'];
  const subscription = ['--target', 'event-subscription', '--webhook-url', 'https://door.example/x', '--media', 'voice'];

  test.each([['event-streams', stream] as const, ['event-subscription', subscription] as const])(
    'to %s says what it is, and that the public API does not have it',
    async (_, args) => {
      const { code, stdout, stderr } = await provision(...args);
      expect(code).toBe(1);
      expect(stderr).toContain('public API does not list');
      expect(stdout).toContain('does not have the call (404)');
    },
  );

  test('is made where something answers it; a second time it is there already, which is no failure', async () => {
    genesys.control.organisation(anOrganisation({ described: { eventStreams: [], subscriptions: [] } }));
    for (const args of [stream, subscription]) {
      expect(await provision(...args)).toMatchObject({ code: 0, stdout: expect.stringContaining('made.') as string });
      expect(await provision(...args)).toMatchObject({ code: 0, stdout: expect.stringContaining('already (409)') as string });
    }
  });

  test('is only shown in a dry run', async () => {
    const { code, stdout } = await provision(...stream, '--dry-run', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      request: { path: '/api/v2/eventstreams', body: { target: { region: 'eu-west-1' } } },
    });
    expect(writes()).toEqual([]);
  });

  test('is labelled in the help', async () => {
    const { stdout } = await provision('--help');
    expect(stdout).toContain('tutorials describe and that Genesys’s public API does not list');
  });
});
