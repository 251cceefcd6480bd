import { Option, type Command } from 'commander';
import { loadGenesysConfig } from '../../config';
import { createGenesysClient } from '../../genesys/client';
import { GenesysFailedError, LookFirstError } from '../../genesys/provisioning-errors';
import { genesysByHand } from '../genesys-by-hand';
import { registryOption } from '../schemas/registry-folder';
import { notListed, provisionDescribed } from './described-call';
import { provisionIntegration } from './integration';
import {
  accountOption,
  eventBusOption,
  mediaOption,
  nameOption,
  regionOption,
  retriesOption,
  suffixOption,
  waitOption,
  webhookOption,
  type ProvisionOptions,
} from './options';
import type { ProvisionTerminal } from './terminal';

/** For one attempt of one request. */
const timeoutMs = 30_000;

const provision = async (options: ProvisionOptions, terminal: ProvisionTerminal): Promise<void> => {
  const settings = loadGenesysConfig();
  const outside = genesysByHand(settings.credentials);
  const client = createGenesysClient({ ...settings, timeoutMs }, outside);
  if (options.target === 'integration') await provisionIntegration(options, { client, clock: outside.clock, terminal });
  else await provisionDescribed(options.target, options, { client, terminal });
};

const run = async (options: ProvisionOptions, command: Command, terminal: ProvisionTerminal): Promise<void> => {
  try {
    await provision(options, terminal);
  } catch (error) {
    if (error instanceof GenesysFailedError) command.error(`error: ${error.message}`);
    if (!(error instanceof LookFirstError)) throw error;
    terminal.err(`${error.message}\n`);
    terminal.found();
  }
};

const help = `
Sets up an integration of type amazon-eventbridge-source and enables it, as often as you like: what is as it should be is left alone,
and so is what others have set in it. Prints the differences before it changes anything, and names each write before it makes it.

Ends with 0: done, or nothing to do. 1: something must be looked at; differences in a dry run, a partner event source that is not
ACTIVE or cannot be asked for, an integration that is somebody else's or that Genesys reports as ERROR, topics that records are built
from and that the organisation is not offered. 2: wrong usage, or Genesys did not do it.

Needs at Genesys: integrations:integration:view, :add, :edit. At AWS: events:DescribeEventSource, unless --no-aws.
Reads GENESYS_REGION (or GENESYS_API_URL, GENESYS_LOGIN_URL), GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET (or GENESYS_SECRET_ARN),
AWS_REGION, AWS_ENDPOINT_URL.

--target event-streams, --target event-subscription: each ${notListed}`;

const addDescribedOptions = (command: Command): Command =>
  command
    .option('--event-bus-arn <arn>', 'only with --target event-streams: the event bus to send to', eventBusOption)
    .option('--webhook-url <url>', 'only with --target event-subscription: where to send to', webhookOption)
    .option('--media <list>', 'only with --target event-subscription: kinds of media', mediaOption, [
      ...['voice', 'chat', 'email', 'video', 'task'],
    ])
    .option('--max-retries <n>', 'only with --target event-subscription: how often a delivery is tried again', retriesOption, 5);

/** `tidemark provision` */
export const addProvision = (cli: Command, terminal: ProvisionTerminal): void => {
  const command = cli
    .command('provision')
    .description('sets up the Genesys side: an integration that sends events to Amazon EventBridge')
    .addOption(
      new Option('--target <target>', 'what to set up')
        .choices(['integration', 'event-streams', 'event-subscription'])
        .default('integration'),
    )
    .option('--name <name>', 'the name of the integration', nameOption, 'tidemark')
    .option('--account <id>', 'the AWS account to send events to', accountOption)
    .option('--region <region>', 'the AWS region to send them to; default: AWS_REGION', regionOption)
    .option('--suffix <suffix>', 'last part of the partner event source’s name; default: the name', suffixOption)
    .addOption(new Option('--only <action>', 'only topics that records are built from').choices(['reconstruct']))
    .option(...registryOption)
    .option('--move', 'changes suffix or region of an integration that has others: a new partner event source', false)
    .option('--dry-run', 'prints the differences and changes nothing', false)
    .option('--no-aws', 'does not ask AWS for the partner event source')
    .option('--wait <seconds>', 'how long to wait for a partner event source that is not there yet', waitOption, 60)
    .option('--json', 'the report as JSON', false);
  addDescribedOptions(command)
    .addHelpText('after', help)
    .action((options: ProvisionOptions) => run(options, command, terminal));
};
