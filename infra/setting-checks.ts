import type { SettingValues } from './setting-definitions';

type Check = readonly [holds: boolean, problem: string];

const step = 1_024;
/** MiB that Fargate gives beside so many CPU units: from, to, in steps of 1,024; the smallest task has its own. */
const memoryBeside: Readonly<Record<SettingValues['cpu'], readonly [number, number]>> = {
  '256': [512, 2_048],
  '512': [1_024, 4_096],
  '1024': [2_048, 8_192],
  '2048': [4_096, 16_384],
  '4096': [8_192, 30_720],
};

const taskSize = ({ cpu, memoryMib }: SettingValues): Check => {
  const [least, most] = memoryBeside[cpu];
  const isStep = memoryMib % step === 0 || (cpu === '256' && memoryMib === least);
  const holds = memoryMib >= least && memoryMib <= most && isStep;
  const sizes = cpu === '256' ? 'of 512, 1024 or 2048' : `from ${least} to ${most}, in steps of ${step},`;
  return [holds, `cpu, memoryMib: expected MiB ${sizes} beside ${cpu} CPU units, as Fargate has them, got ${memoryMib}.`];
};

const source = ({ eventSource, eventBus }: SettingValues): Check => [
  eventSource === undefined || eventBus === undefined,
  'eventSource, eventBus: expected one of them at most, got both.',
];

/** CloudWatch keeps the metrics of rules on the default bus by other dimensions than the alarms name. */
const busOfItsOwn = ({ eventBus }: SettingValues): Check => [
  eventBus !== 'default',
  'eventBus: expected a bus with a name of its own, got `default`. Forward the events from there to one, and name that.',
];

const network = ({ vpcId, availabilityZones, subnetIds }: SettingValues): Check => [
  (vpcId === undefined) === (subnetIds === undefined) && subnetIds?.length === availabilityZones?.length,
  'vpcId, availabilityZones, subnetIds: expected all of them, with a zone for each subnet, or none.',
];

const tasks = ({ leastTasks, mostTasks }: SettingValues): Check => [
  leastTasks <= mostTasks,
  `leastTasks, mostTasks: expected no more at least than at most, got ${leastTasks} and ${mostTasks}.`,
];

const key = (
  name: 'crm' | 'ticket',
  { [`${name}Url` as const]: url, [`${name}KeyVersion` as const]: version }: SettingValues,
): Check => [version === undefined || url !== undefined, `${name}KeyVersion: expected ${name}Url beside it, got none.`];

/** What settings must satisfy together, once each is right by itself. */
export const settingProblems = (values: SettingValues): readonly string[] =>
  [
    source(values),
    busOfItsOwn(values),
    network(values),
    tasks(values),
    taskSize(values),
    key('crm', values),
    key('ticket', values),
  ]
    .filter(([holds]) => !holds)
    .map(([, problem]) => problem);
