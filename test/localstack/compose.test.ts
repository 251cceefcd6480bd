import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config';
import { resources } from '../../src/resources';

/* What runs only with Docker, and so not here: that it names what is there, and fits together. */

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

interface Service {
  readonly image?: string;
  readonly build?: string | { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly network_mode?: string;
  readonly stop_grace_period?: string;
}

const file = 'localstack/compose.yml';
const { services } = parse(read(file)) as { readonly services: Readonly<Record<string, Service>> };
const { worker, localstack } = services as { readonly worker: Service; readonly localstack: Service };

const dockerfiles = [
  ['Dockerfile', '.dockerignore'],
  ['localstack/Dockerfile', 'localstack/Dockerfile.dockerignore'],
] as const;

describe('the compose file', () => {
  test('builds from Dockerfiles that are there', () => {
    const built = Object.values(services).flatMap(({ build }) =>
      build === undefined ? [] : [typeof build === 'string' ? 'Dockerfile' : build.dockerfile],
    );
    expect(new Set(built)).toEqual(new Set(dockerfiles.map(([dockerfile]) => dockerfile)));
    expect(built.filter((dockerfile) => !existsSync(join(root, dockerfile)))).toEqual([]);
  });

  test('runs scripts that package.json has', () => {
    const run = Object.values(services).flatMap(({ command }) => (command?.[0] === 'npm' ? [command[3]!] : []));
    expect(run).toEqual(['provision:localstack', 'fake-genesys']);
    expect(run.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  test('waits for services that it has, for their health only where they tell it', () => {
    for (const [name, { condition }] of Object.values(services).flatMap(({ depends_on: on = {} }) => Object.entries(on))) {
      expect(services).toHaveProperty(name);
      if (condition === 'service_healthy') expect(services[name]).toHaveProperty('healthcheck');
    }
    expect(Object.keys(worker.depends_on ?? {})).toEqual(['setup', 'genesys']);
  });

  test('gives the worker an environment that it starts with, of what setup makes', () => {
    const { environment } = worker;
    const config = loadConfig(environment);
    const { intakeQueue, deadLetterQueue, eventDeadLetterQueue, table, stateMachine, topic } = resources();
    const queue = (name: string): string => `${environment['AWS_ENDPOINT_URL']}/queue/us-east-1/000000000000/${name}`;
    expect(environment).toMatchObject({
      QUEUE_URL: queue(intakeQueue.name),
      DEAD_LETTER_QUEUE_URL: queue(deadLetterQueue.name),
      EVENT_DEAD_LETTER_QUEUE_URL: queue(eventDeadLetterQueue.name),
      TABLE_NAME: table.name,
      STATE_MACHINE_ARN: `arn:aws:states:us-east-1:000000000000:stateMachine:${stateMachine.name}`,
      RECORD_TOPIC_ARN: `arn:aws:sns:us-east-1:000000000000:${topic.name}`,
    });
    expect(localstack.environment['SQS_ENDPOINT_STRATEGY']).toBe('path');
    expect(parseInt(worker.stop_grace_period ?? '') * 1000).toBeGreaterThan(config.shutdownGraceMs);
  });

  test('has an image of LocalStack that needs no token, and may be another', () => {
    expect(localstack.image).toBe('${LOCALSTACK_IMAGE:-localstack/localstack:4.14.0}');
  });

  test('starts every service of AWS that the deployed part is made of', () => {
    const started = localstack.environment['SERVICES']!.split(',');
    const needed = ['cloudformation', 'dynamodb', 'events', 'iam', 'logs', 'secretsmanager', 'sns', 'sqs', 'stepfunctions'];
    expect(started).toEqual(expect.arrayContaining(needed));
  });
});

describe.each(dockerfiles)('%s', (dockerfile, ignored) => {
  const copied = [...read(dockerfile).matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));

  test('copies what is there, and only what its .dockerignore lets through', () => {
    expect(copied.length).toBeGreaterThan(3);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const passes = [...read(ignored).matchAll(/^!(.+)$/gm)].map(([, path]) => path);
    expect(new Set(copied)).toEqual(new Set(passes));
  });
});

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>>;
}

describe.each(['.github/workflows/ci.yml', '.github/workflows/registry.yml'])('%s', (workflow) => {
  const steps = Object.values((parse(read(workflow)) as Workflow).jobs).flatMap((job) => job.steps);
  const commands = steps.flatMap(({ run }) => run ?? []).join('\n');

  test('pins every action by its commit', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  test('runs what is there', () => {
    const named = [...commands.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
    const composed = [...commands.matchAll(/docker compose -f (\S+)/g)].map(([, path]) => path);
    expect(composed.filter((path) => path !== file)).toEqual([]);
  });
});
