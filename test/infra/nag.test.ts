import { AwsSolutionsChecks } from 'cdk-nag';
import { type App, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { createApp } from '../../infra/tidemark-app';
import { ingestOn } from './ingest/contexts';
import { contextOf, inFolder, type Context } from './synthesized';

/** One where it is known to be, with its rule in full. */
interface Finding {
  readonly rule: string;
  readonly path: string;
}
interface Acknowledgement extends Finding {
  readonly reason: string;
}

const eventSource = 'aws.partner/genesys.com/cloud/0a1b2c3d-0000-4000-8000-000000000000/tidemark';

/** Each part of the stack is in one of them, at least. */
const installations: Readonly<Record<string, Context>> = {
  'a new installation': { eventSource },
  'an installation with everything': {
    eventSource,
    ruleMode: 'registered',
    crmUrl: 'https://crm.example.com',
    ticketUrl: 'https://tickets.example.com',
    warehouse: 'on',
    spot: 'on',
    ...ingestOn,
  },
  'an installation whose door is open to everybody, and says who came': {
    ...ingestOn,
    ...{ ingestScheme: 'internet-facing', ingestFrom: '0.0.0.0/0', ingestLogBucket: 'our-access-logs' },
  },
};

const findingsOf = (app: App): readonly Finding[] =>
  new AwsSolutionsChecks()
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath ?? '' })),
    );

const acknowledgementsOf = (node: IConstruct): readonly Acknowledgement[] => [
  ...node.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, string>>))
    .filter(([id]) => id.startsWith('AwsSolutions::'))
    .map(([id, reason]) => ({ rule: id.slice('AwsSolutions::'.length), path: node.node.path, reason })),
  ...node.node.children.flatMap(acknowledgementsOf),
];

const isAt = (finding: Finding, { rule, path }: Finding): boolean =>
  finding.rule.replaceAll(' ', '-') === rule.replaceAll(' ', '-') && `${finding.path}/`.startsWith(`${path}/`);
const nameOf = ({ path, rule }: Finding): string => `${path}: ${rule}`;

interface Look {
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly Acknowledgement[];
  /** What the synthesis itself says to it; null: nothing. */
  readonly refusal: unknown;
}

const lookAt = (context: Context): Look =>
  inFolder((outdir) => {
    const app = createApp({ context: { ...contextOf(context) }, outdir });
    let refusal: unknown = null;
    try {
      app.synth();
    } catch (error) {
      refusal = error;
    }
    return { findings: findingsOf(app), acknowledged: acknowledgementsOf(app), refusal };
  });

const looks = new Map<string, Look>();
beforeAll(() => {
  for (const [name, context] of Object.entries(installations)) looks.set(name, lookAt(context));
});
const all = (): readonly Look[] => [...looks.values()];

test.each(Object.keys(installations))("%s: whatever cdk-nag and CloudFormation's rules find is acknowledged", (name) => {
  const { findings, acknowledged, refusal } = looks.get(name)!;
  expect(findings.filter((finding) => !acknowledged.some((one) => isAt(finding, one))).map(nameOf)).toEqual([]);
  expect(refusal).toBeNull();
});

test('an acknowledgement says why', () => {
  const acknowledged = all().flatMap((look) => look.acknowledged);
  expect(acknowledged.filter(({ reason }) => reason.trim().split(' ').length < 5).map(nameOf)).toEqual([]);
});

test('an acknowledgement that nothing needs any more is a mistake', () => {
  const findings = all().flatMap((look) => look.findings);
  const idle = all()
    .flatMap((look) => look.acknowledged)
    .filter((one) => !findings.some((finding) => isAt(finding, one)));
  expect([...new Set(idle.map(nameOf))]).toEqual([]);
});
