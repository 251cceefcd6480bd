import { customCleanEnv } from 'envalid';
import { showText, withoutEmpty, type Environment } from '../src/config-read';
import { ingestSettingProblems } from './ingest/setting-checks';
import { settingProblems } from './setting-checks';
import { settingDefinitions, type SettingName, type SettingValues } from './setting-definitions';
import { subscriberProblems } from './subscriber';
import type { EventBusSetting, IngestSetting, NetworkSetting, StackSettings } from './settings';
import { belongsElsewhere, isForTheDeployer, variableProblems } from './program-variables';

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

/** Not CDK's own keys, and not those of its libraries. */
const isOurs = (key: string): boolean => !/[:@/]/.test(key) && !['tree', 'plugin', 'acknowledged-issue-numbers'].includes(key);
const isSetting = (key: string): key is SettingName => Object.hasOwn(settingDefinitions, key);

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
      for (const name of Object.keys(errors) as SettingName[]) {
        const { kind, desc } = settingDefinitions[name];
        problems.push(`${name}: expected ${kind.type}, got ${showText(kind, given[name])}. ${desc}`);
      }
    },
  });
  return { values, problems };
};

const busOf = ({ eventSource, eventBus }: SettingValues): EventBusSetting => {
  if (eventSource !== undefined) return { kind: 'partner', source: eventSource };
  return eventBus === undefined ? { kind: 'own' } : { kind: 'existing', name: eventBus };
};

const networkOf = (values: SettingValues): NetworkSetting => {
  const { vpcId, availabilityZones = [], subnetIds = [], natGateways, endpoints, ingest, ingestScheme } = values;
  if (vpcId !== undefined) return { kind: 'existing', vpcId, availabilityZones, subnetIds };
  const hasPublicDoor = ingest === 'on' && ingestScheme === 'internet-facing';
  return { kind: 'new', natGateways, hasEndpoints: endpoints === 'on', hasPublicDoor };
};

const ingestOf = (values: SettingValues): IngestSetting | null => {
  const { ingestCertificateArn: certificateArn, ingestFrom: from } = values;
  if (values.ingest === 'off' || certificateArn === undefined || from === undefined) return null;
  return {
    certificateArn,
    isPublic: values.ingestScheme === 'internet-facing',
    from,
    subnetIds: values.ingestSubnetIds ?? null,
    leastTasks: values.ingestLeastTasks,
    mostTasks: values.ingestMostTasks,
    secretArn: values.ingestSecretArn ?? null,
    secretKeyArn: values.ingestSecretKeyArn ?? null,
    logBucket: values.ingestLogBucket ?? null,
  };
};

const settingsOf = (values: SettingValues, environment: Environment): StackSettings => ({
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
  ingest: ingestOf(values),
  wakeTopicArn: values.wakeTopicArn ?? null,
  dayTopicArn: values.dayTopicArn ?? null,
});

const strange = (key: string): string => {
  const expected = belongsElsewhere(key) ?? 'the name of a setting of the stack, or of a variable of the worker or of ingest';
  return `${key}: expected ${expected}.`;
};

const problemsTogether = (values: SettingValues, given: Environment): readonly string[] => [
  ...settingProblems(values),
  ...ingestSettingProblems(values, Object.keys(given)),
  ...subscriberProblems(values.stackName, values.subscribers),
];

/**
 * From CDK's context. Throws one SettingsError with every problem, of the worker's variables and ingest's too; a name that is neither a
 * setting nor a variable is one.
 */
export const readSettings = (context: Context): StackSettings => {
  const given = textsOf(context);
  const { values, problems } = read(given);
  const environment = Object.fromEntries(Object.entries(given).filter(([key]) => isForTheDeployer(key)));
  const all = [
    ...problems,
    ...Object.keys(given)
      .filter((key) => !isSetting(key) && !isForTheDeployer(key))
      .map(strange),
    ...(problems.length > 0 ? [] : problemsTogether(values, given)),
    ...variableProblems(environment, values),
  ];
  if (all.length > 0) throw new SettingsError(all);
  return settingsOf(values, environment);
};
