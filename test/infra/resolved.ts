import { queueArn, tableArn } from './policies/iam-request';
import type { Resource, Template } from './synthesized';

/* What CloudFormation would put in for references, as far as the tests look at them: in the stand-ins' region and account. */

const region = 'us-east-1';
const account = '000000000000';

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

const named = ({ Properties }: Resource, name: string): string => String(Properties[name]);
const secretArn = `arn:aws:secretsmanager:${region}:${account}:secret:genesys-AbCdEf`;

/** By type: what `Ref` gives, and the attribute `Arn`. */
const known: Readonly<Record<string, (resource: Resource) => { readonly ref: string; readonly arn?: string }>> = {
  'AWS::SQS::Queue': (queue) => ({
    ref: `https://sqs.${region}.amazonaws.com/${account}/${named(queue, 'QueueName')}`,
    arn: queueArn(named(queue, 'QueueName')),
  }),
  'AWS::DynamoDB::Table': (table) => ({ ref: named(table, 'TableName'), arn: tableArn(named(table, 'TableName')) }),
  'AWS::SNS::Topic': (topic) => ({ ref: `arn:aws:sns:${region}:${account}:${named(topic, 'TopicName')}` }),
  'AWS::StepFunctions::StateMachine': (machine) => ({
    ref: `arn:aws:states:${region}:${account}:stateMachine:${named(machine, 'StateMachineName')}`,
  }),
  'AWS::SecretsManager::Secret': () => ({ ref: secretArn }),
};

type Intrinsic = Readonly<Record<string, unknown>>;

/** Of a value in the template; what is referred to and not known here is named by its logical id. */
export const resolve = ({ Resources }: Template, value: unknown): unknown => {
  const lookUp = (id: string, attribute?: string): string => {
    const resource = Resources[id];
    const { ref = id, arn = ref } = resource ? (known[resource.Type]?.(resource) ?? {}) : { ref: pseudo[id] };
    return attribute === undefined ? ref : attribute === 'Arn' ? arn : `${id}.${attribute}`;
  };
  const walk = (some: unknown): unknown => {
    if (Array.isArray(some)) return some.map(walk);
    if (typeof some !== 'object' || some === null) return some;
    const intrinsic = some as Intrinsic;
    if (typeof intrinsic['Ref'] === 'string') return lookUp(intrinsic['Ref']);
    if (Array.isArray(intrinsic['Fn::GetAtt'])) return lookUp(...(intrinsic['Fn::GetAtt'] as [string, string]));
    if (Array.isArray(intrinsic['Fn::Join'])) {
      const [between, parts] = walk(intrinsic['Fn::Join']) as [string, readonly string[]];
      return parts.join(between);
    }
    if (typeof intrinsic['Fn::Sub'] === 'string')
      return intrinsic['Fn::Sub'].replace(/\$\{([\w:]+)\}/g, (_, id: string) => lookUp(id));
    return Object.fromEntries(Object.entries(intrinsic).map(([name, one]) => [name, walk(one)]));
  };
  return walk(value);
};
