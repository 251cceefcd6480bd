import { isOnlyForIngest } from '../src/config-ingest';
import { checkTogether, readVariables, type Environment } from '../src/config-read';
import { variables } from '../src/config-variables';
import type { SettingValues } from './setting-definitions';

/* The worker's variables, and ingest's, among what is given to a deploy. What a task would refuse at its start is refused before there is one. */

const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:000000000000:${resource}`;

/** What the stack sets itself, each as right as what it will be. */
const setByStack = {
  QUEUE_URL: 'https://sqs.invalid/intake',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.invalid/dead-letters',
  EVENT_DEAD_LETTER_QUEUE_URL: 'https://sqs.invalid/event-dead-letters',
  TABLE_NAME: 'windows',
  STATE_MACHINE_ARN: arn('states', 'stateMachine:enrichment'),
  RECORD_TOPIC_ARN: arn('sns', 'records'),
  AWS_REGION: 'us-east-1',
  GENESYS_SECRET_ARN: arn('secretsmanager', 'secret:genesys'),
  INGEST_SECRET_ARN: arn('secretsmanager', 'secret:ingest'),
  INGEST_HOST: '0.0.0.0',
  INGEST_PORT: '8000',
} as const;

const ofGenesysSecret = ['GENESYS_CLIENT_ID', 'GENESYS_CLIENT_SECRET'];
const ofIngestSecret = ['INGEST_BEARER_SECRETS', 'INGEST_SIGNING_SECRETS'];

/** What no stack's task has. */
const setByNobody = ['AWS_ENDPOINT_URL', ...ofGenesysSecret, ...ofIngestSecret];

/** A variable that is for whoever deploys to choose. */
export const isForTheDeployer = (name: string): boolean =>
  Object.hasOwn(variables, name) && !Object.hasOwn(setByStack, name) && !setByNobody.includes(name);

/** Where a name belongs that is known, but not for whoever deploys; null: nowhere. */
export const belongsElsewhere = (name: string): string | null => {
  if (Object.hasOwn(setByStack, name)) return 'nothing: the stack sets it';
  if (name === 'AWS_ENDPOINT_URL') return "nothing: a stack's tasks use AWS";
  if (ofIngestSecret.includes(name))
    return "nothing: it belongs into ingest's secret, which the stack makes or ingestSecretArn names";
  return ofGenesysSecret.includes(name)
    ? "nothing: it belongs into Genesys's secret, which the stack makes or genesysSecretArn names"
    : null;
};

/** Below the stop timeout of the container, at which ECS kills it. */
const mostGraceSeconds = 109;

const callees = { fetch_crm_contact: 'crmUrl', update_ticket_system: 'ticketUrl' } as const;

/** A step that is asked for by name, and cannot be done. */
const stepProblems = (
  given: Environment,
  steps: readonly string[],
  settings: Pick<SettingValues, 'crmUrl' | 'ticketUrl'>,
): readonly string[] =>
  given['ENRICHMENT_STEPS'] === undefined
    ? []
    : Object.entries(callees)
        .filter(([step, url]) => steps.includes(step) && settings[url] === undefined)
        .map(([step, url]) => `ENRICHMENT_STEPS, ${url}: expected an address for the step ${step}, got none.`);

/** Nobody would read them: what was meant to be on is not. */
const idleProblems = (given: Environment, { ingest }: Pick<SettingValues, 'ingest'>): readonly string[] =>
  ingest === 'on'
    ? []
    : Object.keys(given)
        .filter(isOnlyForIngest)
        .map((name) => `${name}: expected ingest=on beside it, got off.`);

type Asked = Pick<SettingValues, 'crmUrl' | 'ticketUrl' | 'ingest'>;

/** Everything for which a worker or ingest would end at its start, and what this stack cannot do for them. */
export const variableProblems = (given: Environment, settings: Asked): readonly string[] => {
  const { values, problems } = readVariables({ ...given, ...setByStack });
  const { SHUTDOWN_GRACE_SECONDS: grace, ENRICHMENT_STEPS: steps } = values;
  const tooLong = !problems.has('SHUTDOWN_GRACE_SECONDS') && grace > mostGraceSeconds;
  return [
    ...problems.values(),
    ...checkTogether(values, problems),
    ...(tooLong
      ? [`SHUTDOWN_GRACE_SECONDS: expected at most ${mostGraceSeconds}, got ${grace}. After 110 ECS kills the container.`]
      : []),
    ...(problems.has('ENRICHMENT_STEPS') ? [] : stepProblems(given, steps, settings)),
    ...idleProblems(given, settings),
  ];
};
