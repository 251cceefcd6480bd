import { randomUUID } from 'node:crypto';
import { awsClients, type AwsClients } from '../clients';
import { provision, subscribeQueue } from '../provision';
import { projectRoot, type Child, type Nursery, type Program } from './children';
import { workerEnvironment, type Places } from './worker-environment';

/** Everything around the workers: where it is, and how to reach it. */
export interface Stage {
  readonly places: Places;
  readonly clients: AwsClients;
  /** Of everything that was created. */
  readonly prefix: string;
  /** A queue that gets every record that is published. */
  readonly subscriberUrl: string;
  readonly standIns: Child;
}

/** All that a child gets of the shell that started the run. */
export const basics = (): Readonly<Record<string, string>> => ({ PATH: process.env['PATH'] ?? '' });

const standInsProgram = (clientId: string, clientSecret: string): Program => ({
  name: 'stand-ins',
  args: ['--import', 'tsx', 'localstack/embedded/main.ts', '--port', '0', '--genesys-port', '0'],
  env: { ...basics(), GENESYS_CLIENT_ID: clientId, GENESYS_CLIENT_SECRET: clientSecret },
});

export interface Setting {
  /** Another endpoint for AWS than the stand-ins' own. */
  readonly awsUrl?: string | undefined;
  readonly visibilitySeconds: number;
}

/** Starts the stand-ins, on ports that are free, and creates what production has, in them or where `awsUrl` says. */
export const setStage = async (
  nursery: Nursery,
  clientSecret: string,
  { awsUrl, visibilitySeconds }: Setting,
): Promise<Stage> => {
  const clientId = randomUUID();
  const standIns = nursery.start(standInsProgram(clientId, clientSecret));
  const { genesys, ...own } = JSON.parse(await standIns.firstLine) as { aws: string; genesys: string };
  const aws = awsUrl ?? own.aws;
  const prefix = `run-${clientId.slice(0, 8)}`;
  const provisioned = await provision({ endpointUrl: aws, prefix, overrides: { visibilitySeconds } });
  const { queueUrl } = await subscribeQueue(aws, provisioned.topicArn, `${prefix}-subscriber`);
  return {
    places: { ...provisioned, awsUrl: aws, genesysUrl: genesys, clientId, clientSecret },
    clients: awsClients(aws),
    prefix,
    subscriberUrl: queueUrl,
    standIns,
  };
};

/** How `node` runs the program that production runs, less the command. */
export const builtProgram: readonly string[] = [`${projectRoot}/dist/main.js`];

export const startWorkers = (
  nursery: Nursery,
  stage: Stage,
  { program, names }: { readonly program: readonly string[]; readonly names: readonly string[] },
): readonly Child[] =>
  names.map((name) =>
    nursery.start({ name, args: [...program, 'worker'], env: { ...basics(), ...workerEnvironment(stage.places) } }),
  );
