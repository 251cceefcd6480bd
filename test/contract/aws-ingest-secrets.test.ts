import { randomBytes } from 'node:crypto';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { testRegion } from '../../localstack/clients';
import { storedIngestSecrets } from '../../src/aws/ingest-secrets';
import { virtualClock } from '../../src/memory/clock';
import type { Log } from '../../src/ports';
import { installAws, type AwsInstallation } from './aws-installation';
import { ingestSecretsContract, someSecrets } from './ingest-secrets.contract';

let aws: AwsInstallation;
let secrets: SecretsManagerClient;
const arns: string[] = [];

beforeAll(async () => {
  aws = await installAws();
  secrets = aws.clients.secretsIn(process.env['AWS_REGION'] ?? testRegion);
});
afterAll(async () => {
  for (const SecretId of arns) await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  await aws.remove();
});

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A Secrets Manager that counts who asks, and may be away, or not answer yet. */
const watched = () => {
  const state = { asked: 0, isAway: false, gate: Promise.resolve() };
  const send = async (command: never): Promise<unknown> => {
    state.asked += 1;
    const { isAway, gate } = state;
    await gate;
    return isAway ? Promise.reject(new Error('canary: connect ECONNREFUSED')) : secrets.send(command);
  };
  return { state, client: { send: send as SecretsManagerClient['send'] } };
};

const collectingLog = () => {
  const said: string[] = [];
  const say =
    (level: string): Log['warn'] =>
    (message, fields, error) =>
      void said.push(`${level} ${message} ${JSON.stringify(fields)} ${String(error)}`);
  return { said, log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') } };
};

/** A secret of its own, and who reads from it. */
const aSecret = async (value?: unknown) => {
  const Name = `${aws.prefix}/${randomBytes(4).toString('hex')}`;
  const text = value === undefined ? {} : { SecretString: asText(value) };
  const { ARN: arn = '' } = await secrets.send(new CreateSecretCommand({ Name, ...text }));
  arns.push(arn);
  const clock = virtualClock();
  const { said, log } = collectingLog();
  const { state, client } = watched();
  const put = (next: unknown, stage = 'AWSCURRENT') =>
    secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: asText(next), VersionStages: [stage] }));
  return { arn, clock, said, state, put, source: storedIngestSecrets(client, clock, arn, log) };
};

const { short, long, odd } = someSecrets;
const before = { bearer: [short], signing: [] };
const both = { bearer: [short, long], signing: [] };
const after = { bearer: [long], signing: [] };

ingestSecretsContract('Secrets Manager', async (value) => (await aSecret(value)).source);

describe("The senders' secrets in Secrets Manager", () => {
  test('one of a kind needs no list', async () => {
    const { source } = await aSecret({ bearer: short, signing: odd, note: 'for the door' });
    expect(await source.read('known')).toEqual({ bearer: [short], signing: [odd] });
  });

  test('are asked for once a minute, however many post, by one call for all of them', async () => {
    const { source, clock, state } = await aSecret(before);
    const posts = () => Promise.all(Array.from({ length: 20 }, () => source.read('known')));
    expect(await posts()).toEqual(Array(20).fill(before));
    await clock.advance(59_999);
    await posts();
    expect(state.asked).toBe(1);
    await clock.advance(1);
    await posts();
    expect(state.asked).toBe(2);
  });

  test('are replaced without a moment at which neither holds: both are seen, then the new one alone', async () => {
    const { source, clock, put, said } = await aSecret(before);
    expect(await source.read('known')).toEqual(before);
    await put(both);
    expect(await source.read('known')).toEqual(before);
    await clock.advance(60_000);
    expect(await source.read('known')).toEqual(both);
    await put(after);
    await clock.advance(60_000);
    expect(await source.read('known')).toEqual(after);
    expect(said).toEqual(Array(2).fill(expect.stringMatching(/^info .*were read anew/)));
  });

  test('are asked for anew for who comes with another, every five seconds at most', async () => {
    const { source, clock, put, state } = await aSecret(before);
    await source.read('known');
    await put(both);
    await clock.advance(4_999);
    expect(await source.read('fresh')).toEqual(before);
    expect(state.asked).toBe(1);
    await clock.advance(1);
    const found = await Promise.all(Array.from({ length: 20 }, () => source.read('fresh')));
    expect(found).toEqual(Array(20).fill(both));
    expect(state.asked).toBe(2);
    // Read just now: nobody who is content with what is known asks for a minute.
    await clock.advance(59_999);
    await source.read('known');
    expect(state.asked).toBe(2);
  });

  test('that are still being rotated in do not hold', async () => {
    const { source, put } = await aSecret(before);
    await put(after, 'AWSPENDING');
    expect(await source.read('fresh')).toEqual(before);
  });

  test('hold on while Secrets Manager is away, and nobody waits for it who is content with them', async () => {
    const { source, clock, state, put, said } = await aSecret(before);
    await source.read('known');
    state.isAway = true;
    await clock.advance(60_000);
    expect(await source.read('known')).toEqual(before);
    await clock.advance(5_000);
    let open = (): void => undefined;
    state.gate = new Promise((resolve) => (open = resolve));
    expect(await source.read('known')).toEqual(before);
    expect(state.asked).toBe(3);
    // It is back, but the call that it does not answer is still under way: who comes with another one waits for that.
    const fresh = source.read('fresh');
    open();
    expect(await fresh).toEqual(before);
    state.isAway = false;
    await put(after);
    await clock.advance(5_000);
    expect(await source.read('fresh')).toEqual(after);
    expect(said).toEqual([
      expect.stringMatching(/^warn .*those that were read before still hold/),
      expect.stringMatching(/^info .*were read anew/),
    ]);
    expect(said.join()).not.toContain('canary');
  });

  test('that stay away are spoken of every five minutes, not with each try', async () => {
    const { source, clock, state, said } = await aSecret(before);
    state.isAway = true;
    for (let seconds = 0; seconds <= 600; seconds += 5) {
      expect(await source.read('known')).toBeNull();
      await clock.advance(5_000);
    }
    expect(state.asked).toBe(121);
    expect(said).toEqual(Array(3).fill(expect.stringMatching(/^warn .*nobody can post/)));
  });

  test('that were never had are none, until they come', async () => {
    const { source, clock, put, said, arn } = await aSecret();
    expect(await source.read('known')).toBeNull();
    await put(before);
    expect(await source.read('fresh')).toBeNull();
    await clock.advance(5_000);
    expect(await source.read('known')).toEqual(before);
    expect(said[0]).toContain(arn);
    expect(said[0]).toMatch(/ResourceNotFoundException.*has a value.*secretsmanager:GetSecretValue/);
  });
});

const canary = 'canary-of-24-characters-';

test.each<[string, unknown, string]>([
  ['nothing at all', { bearer: [], signing: [] }, 'the keys bearer, signing'],
  ['an empty object', {}, 'the keys none that can be shown'],
  ['other keys', { Bearer: [canary], hmac: canary }, 'the keys Bearer, hmac'],
  ['a secret for a key', { [canary]: 'bearer', CanaryOfMoreThanTwentyLetters: 1 }, 'none that can be shown and 2 more'],
  ['three of a kind', { bearer: [`${canary}1`, `${canary}2`, `${canary}3`] }, 'the keys bearer'],
  ['one of 23 characters', { bearer: [canary.slice(1)] }, 'the keys bearer'],
  ['one of 201 characters', { signing: [canary.padEnd(201, 'x')] }, 'the keys signing'],
  ['one with a comma', { bearer: [`${canary},`] }, 'the keys bearer'],
  ['one with a space', { bearer: [`${canary} `] }, 'the keys bearer'],
  ['one with a line end', { bearer: [`${canary}\n`] }, 'the keys bearer'],
  ['one with an accent', { bearer: [`${canary}é`] }, 'the keys bearer'],
  ['a number', { bearer: [1234567890123456789012345] }, 'the keys bearer'],
  ['null for a kind', { bearer: canary, signing: null }, 'the keys bearer, signing'],
  ['one that is good and one that is not', { bearer: [canary, 'canary'] }, 'the keys bearer'],
  ['a list', [canary], 'no JSON object'],
  ['a word', canary, 'no JSON object'],
])(
  'a secret that holds %s lets the last good ones hold, and what is wrong is said with its keys and never a value',
  async (_, value, found) => {
    const { source, clock, put, said, arn } = await aSecret(before);
    await source.read('known');
    await put(value);
    await clock.advance(60_000);
    expect(await source.read('known')).toEqual(before);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(arn);
    expect(said[0]).toContain(found);
    expect(said[0]).toContain('still hold');
    expect(said[0]).not.toMatch(/canary/i);
  },
);
