import { customCleanEnv } from 'envalid';
import { withoutEmpty, type Environment } from '../src/config-read';
import { variables } from '../src/config-variables';
import { settingDefinitions, type SettingName } from './setting-definitions';
import { subscriberProblems } from './subscriber';
import type { EventBusSetting, NetworkSetting, StackSettings } from './settings';

/** All that is wrong with the settings of a deploy, one line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The settings of the stack cannot be used:', ...problems].join('\n  '));
    this.problems = problems;
  }
}

type Context = Readonly<Record<string, unknown>>;

/** CDK's own keys, and those of its libraries. */
const isOurs = (key: string): boolean => !/[:@/]/.test(key) && key !== 'tree' && key !== 'plugin';
/** What the stack itself sets; whoever deploys cannot. */
const places = new Set([
  'QUEUE_URL',
  'DEAD_LETTER_QUEUE_URL',
  'EVENT_DEAD_LETTER_QUEUE_URL',
  'TABLE_NAME',
  'STATE_MACHINE_ARN',
  'RECORD_TOPIC_ARN',
  'AWS_REGION',
  'GENESYS_SECRET_ARN',
  'GENESYS_CLIENT_ID',
  'GENESYS_CLIENT_SECRET',
]);

const isSetting = (key: string): key is SettingName => key in settingDefinitions;
const isVariable = (key: string): boolean => key in variables && !places.has(key);

const textsOf = (context: Context): Environment =>
  withoutEmpty(
    Object.fromEntries(
      Object.entries(context)
        .filter(([key]) => isOurs(key))
        .map(([key, value]) => [key, String(value)]),
    ),
  );

const read = (given: Environment) => {
  const problems: string[] = [];
  const values = customCleanEnv(given, settingDefinitions, (cleaned) => cleaned, {
    reporter: ({ errors }) => {
      for (const name of Object.keys(errors) as SettingName[])
        problems.push(
          `${name}: expected ${settingDefinitions[name].kind.type}, got \`${given[name] ?? ''}\`. ${settingDefinitions[name].desc}`,
        );
    },
  });
  return { values, problems };
};
type Values = ReturnType<typeof read>['values'];

const busOf = ({ eventSource, eventBus }: Values): EventBusSetting => {
  if (eventSource !== undefined) return { kind: 'partner', source: eventSource };
  return eventBus === undefined ? { kind: 'own' } : { kind: 'existing', name: eventBus };
};

const networkOf = ({ vpcId, availabilityZones = [], subnetIds = [], natGateways, endpoints }: Values): NetworkSetting =>
  vpcId === undefined
    ? { kind: 'new', natGateways, hasEndpoints: endpoints === 'on' }
    : { kind: 'existing', vpcId, availabilityZones, subnetIds };

const together = (values: Values): readonly string[] => {
  const { eventSource, eventBus, vpcId, availabilityZones, subnetIds, leastTasks, mostTasks } = values;
  const rules: readonly (readonly [boolean, string])[] = [
    [eventSource === undefined || eventBus === undefined, 'eventSource, eventBus: expected one of them at most, got both.'],
    [
      (vpcId === undefined) === (subnetIds === undefined) && subnetIds?.length === availabilityZones?.length,
      'vpcId, availabilityZones, subnetIds: expected all of them, with a zone for each subnet, or none.',
    ],
    [
      leastTasks <= mostTasks,
      `leastTasks, mostTasks: expected no more at least than at most, got ${leastTasks} and ${mostTasks}.`,
    ],
  ];
  return rules.filter(([holds]) => !holds).map(([, problem]) => problem);
};

const settingsOf = (values: Values, environment: Environment): StackSettings => ({
  ...values,
  bus: busOf(values),
  image: values.image === undefined ? { kind: 'build' } : { kind: 'given', uri: values.image },
  network: networkOf(values),
  spot: values.spot === 'on',
  cpu: Number(values.cpu),
  environment,
  genesysSecretArn: values.genesysSecretArn ?? null,
  genesysSecretKeyArn: values.genesysSecretKeyArn ?? null,
  tableName: values.tableName ?? null,
  crmUrl: values.crmUrl ?? null,
  crmKeyVersion: values.crmKeyVersion ?? null,
  ticketUrl: values.ticketUrl ?? null,
  ticketKeyVersion: values.ticketKeyVersion ?? null,
  warehouse: values.warehouse === 'on',
  wakeTopicArn: values.wakeTopicArn ?? null,
  dayTopicArn: values.dayTopicArn ?? null,
});

/** From CDK's context. Throws one SettingsError with every problem; a name that is neither a setting nor a variable of the worker is one. */
export const readSettings = (context: Context): StackSettings => {
  const given = textsOf(context);
  const unknown = Object.keys(given).filter((key) => !isSetting(key) && !isVariable(key));
  const { values, problems } = read(given);
  const all = [
    ...problems,
    ...unknown.map(
      (key) =>
        `${key}: expected the name of a setting of the stack, or of a variable of the worker that the stack does not set itself.`,
    ),
    ...(problems.length > 0 ? [] : [...together(values), ...subscriberProblems(values.stackName, values.subscribers)]),
  ];
  if (all.length > 0) throw new SettingsError(all);
  return settingsOf(values, Object.fromEntries(Object.entries(given).filter(([key]) => isVariable(key))));
};
