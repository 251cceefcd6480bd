import { randomUUID } from 'node:crypto';
import { awsClients, type AwsClients } from '../clients';
import type { BackOfficeUrls } from '../definition';
import { provision, subscribeQueue } from '../provision';
import { projectRoot, type Child, type Nursery, type Program } from './children';
import { workerEnvironment, type Places, type WorkerTimes } from './worker-environment';

/** Everything around the workers: where it is, and how to reach it. */
export interface Stage {
  readonly places: Places;
  readonly clients: AwsClients;
  /** Of everything that was created. */
  readonly prefix: string;
  /** A queue that gets every record that is published. */
  readonly subscriberUrl: string;
  readonly standIns: Child;
  /** CRM and tickets; null where the endpoint cannot call them. */
  readonly backOfficeUrl: string | null;
}

/** All that a child gets of the shell that started the run. */
export const basics = (): Readonly<Record<string, string>> => ({ PATH: process.env['PATH'] ?? '' });

/** A day in a minute: what a workflow waits for takes a tenth of a second. */
const standInsOptions = ['--port', '0', '--genesys-port', '0', '--back-office-port', '0', '--workflow-pause-ms', '100'];

const standInsProgram = (clientId: string, clientSecret: string): Program => ({
  name: 'stand-ins',
  args: ['--import', 'tsx', 'localstack/embedded/main.ts', ...standInsOptions],
  env: { ...basics(), GENESYS_CLIENT_ID: clientId, GENESYS_CLIENT_SECRET: clientSecret },
});

/** The line that says where they are. */
interface Where {
  readonly aws: string;
  readonly genesys: string;
  readonly backOffice: BackOfficeUrls & { readonly url: string };
}

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
  const { genesys, ...own } = JSON.parse(await standIns.firstLine) as Where;
  const aws = awsUrl ?? own.aws;
  // Elsewhere there may be no HTTP task.
  const backOffice = awsUrl === undefined ? own.backOffice : undefined;
  const prefix = `run-${clientId.slice(0, 8)}`;
  const provisioned = await provision({
    ...{ endpointUrl: aws, prefix, overrides: { visibilitySeconds } },
    ...(backOffice && { backOffice }),
  });
  const { queueUrl } = await subscribeQueue(aws, provisioned.topicArn, `${prefix}-subscriber`);
  return {
    places: { ...provisioned, awsUrl: aws, genesysUrl: genesys, clientId, clientSecret },
    clients: awsClients(aws),
    prefix,
    subscriberUrl: queueUrl,
    standIns,
    backOfficeUrl: backOffice?.url ?? null,
  };
};

/** How `node` runs the program that production runs, less the command. */
export const builtProgram: readonly string[] = [`${projectRoot}/dist/main.js`];

/** The program as `node` runs it, less the command; or, made of its variables, the command that runs it in a container. */
export type WorkerProgram = readonly string[] | ((variables: Readonly<Record<string, string>>) => readonly string[]);

const workerProgram = (program: WorkerProgram, variables: Readonly<Record<string, string>>): Omit<Program, 'name'> => {
  if (typeof program !== 'function') return { args: [...program, 'worker'], env: { ...basics(), ...variables } };
  const [command, ...args] = program(variables);
  return { command, args, env: basics() };
};

export const startWorkers = (
  nursery: Nursery,
  stage: Stage,
  { program, names, times }: { readonly program: WorkerProgram; readonly names: readonly string[]; readonly times?: WorkerTimes },
): readonly Child[] =>
  names.map((name) => nursery.start({ name, ...workerProgram(program, workerEnvironment(stage.places, times)) }));
