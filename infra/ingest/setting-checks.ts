import type { SettingValues } from '../setting-definitions';
import { ingestSettings } from './setting-definitions';

type Check = readonly [holds: boolean, problem: string];

/** AWS makes no load balancer of this kind in one zone. */
const leastZones = 2;

const needed = ({ ingestCertificateArn: certificate, ingestFrom: from }: SettingValues): readonly Check[] => [
  [certificate !== undefined, 'ingestCertificateArn: expected one with ingest=on, got none: the door speaks TLS alone.'],
  [from !== undefined, 'ingestFrom: expected who may connect with ingest=on, got none. 0.0.0.0/0 is everybody.'],
];

const place = (values: SettingValues): Check => {
  const { vpcId, subnetIds, ingestSubnetIds, ingestScheme } = values;
  if (vpcId === undefined) return [ingestSubnetIds === undefined, 'ingestSubnetIds: expected vpcId beside it, got none.'];
  if (ingestScheme === 'internet-facing' && ingestSubnetIds === undefined)
    return [false, 'ingestSubnetIds: expected public subnets of vpcId with ingestScheme=internet-facing, got none.'];
  const taken = new Set(ingestSubnetIds ?? subnetIds);
  return [
    taken.size >= leastZones,
    `${ingestSubnetIds === undefined ? 'subnetIds' : 'ingestSubnetIds'}: expected ${leastZones} or more with ingest=on, each in a zone of its own, got ${taken.size}.`,
  ];
};

const tasks = ({ ingestLeastTasks: least, ingestMostTasks: most }: SettingValues): Check => [
  least <= most,
  `ingestLeastTasks, ingestMostTasks: expected no more at least than at most, got ${least} and ${most}.`,
];

const key = ({ ingestSecretArn: secret, ingestSecretKeyArn: keyArn }: SettingValues): Check => [
  keyArn === undefined || secret !== undefined,
  'ingestSecretKeyArn: expected ingestSecretArn beside it, got none: the secret that is made has no key of its own.',
];

/** Nobody would look at them: what was meant to be on is not. */
const idle = (given: readonly string[]): readonly Check[] =>
  given
    .filter((name) => name !== 'ingest' && Object.hasOwn(ingestSettings, name))
    .map((name) => [false, `${name}: expected ingest=on beside it, got off.`]);

/** What the settings of ingest must satisfy together. `given`: names of all settings that were given. */
export const ingestSettingProblems = (values: SettingValues, given: readonly string[]): readonly string[] =>
  (values.ingest === 'off' ? idle(given) : [...needed(values), place(values), tasks(values), key(values)])
    .filter(([holds]) => !holds)
    .map(([, problem]) => problem);
