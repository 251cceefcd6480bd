/** A rule of EventBridge, by its bus. */
export interface RuleName {
  readonly bus: string;
  readonly rule: string;
}

/** `arn:aws:events:<region>:<account>:rule/<bus>/<rule>`; without a bus it is the default one's. A partner's bus has slashes itself. */
export const ruleNameIn = (arn: string): RuleName | null => {
  const [, path = ''] = /^arn:[^:]+:events:[^:]*:[^:]*:rule\/([^*?]+)$/.exec(arn) ?? [];
  if (path === '') return null;
  const slash = path.lastIndexOf('/');
  return { bus: slash < 0 ? 'default' : path.slice(0, slash), rule: path.slice(slash + 1) };
};

/** In the partition, region and account of the queue that is filled. */
const beside = (queueArn: string, what: string): string => {
  const [, partition = '', , region = '', account = ''] = queueArn.split(':');
  return `arn:${partition}:events:${region}:${account}:${what}`;
};

export const ruleArnOf = ({ bus, rule }: RuleName, queueArn: string): string =>
  beside(queueArn, `rule/${bus === 'default' ? '' : `${bus}/`}${rule}`);

export const busArnOf = (bus: string, queueArn: string): string => beside(queueArn, `event-bus/${bus}`);

/** CloudFormation calls a rule on a bus `<bus>|<rule>`. */
export const ruleNameOfOutputs = (bus: string, rule: string): RuleName => ({ bus, rule: rule.slice(rule.lastIndexOf('|') + 1) });

/** Genesys's event sources, in the commercial clouds and in the others. */
const partnerBus = /^aws\.partner\/genesys\.com[\w.-]*\/cloud\/([\w-]+)\/[\w.-]+$/;

/** Of the organisation whose events the bus takes; null: it is no bus of Genesys's. */
export const organisationOfBus = (bus: string): string | null => partnerBus.exec(bus)?.[1] ?? null;
