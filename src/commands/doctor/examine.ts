import { judgeDeadLetters, judgeEventDeadLetters } from '../../doctor/dead-letter-check';
import { judgeFeed, type SeenFeed } from '../../doctor/feed-check';
import { tell, type Area, type Finding } from '../../doctor/finding';
import { judgeFleet } from '../../doctor/fleet-check';
import { judgeGenesys } from '../../doctor/genesys-check';
import { judgeIntake } from '../../doctor/intake-check';
import { judgePlace, type NamedArn } from '../../doctor/place-check';
import { judgeRights, type SeenRights } from '../../doctor/rights-check';
import { organisationOfBus, ruleArnOf, type RuleName } from '../../doctor/rule-name';
import { ifSeen, valueOf, type Seen } from '../../doctor/seen';
import { judgeSettings } from '../../doctor/settings-check';
import { judgeStateMachine } from '../../doctor/state-machine-check';
import { judgeTable } from '../../doctor/table-check';
import { judgeTopic } from '../../doctor/topic-check';
import type { GenesysSeen, QueueAttributes } from '../../ports-doctor';
import { resources } from '../../resources';
import type { Installation } from './installation';
import { lookAtAws, type Edges, type SeenAws } from './look-at-aws';
import { findRules, lookAtFeed } from './look-at-feed';
import { lookAtGenesys } from './look-at-genesys';
import { lookAtRights } from './look-at-rights';

const arnOf = (queue: Seen<QueueAttributes>): string | null => valueOf(queue)?.['QueueArn'] ?? null;

const namedArns = ({ config }: Installation, aws: SeenAws): readonly NamedArn[] =>
  Object.entries({
    QUEUE_URL: arnOf(aws.intake),
    DEAD_LETTER_QUEUE_URL: arnOf(aws.deadLetters),
    EVENT_DEAD_LETTER_QUEUE_URL: arnOf(aws.eventDeadLetters),
    TABLE_NAME: valueOf(aws.table.table)?.arn ?? null,
    RECORD_TOPIC_ARN: config.recordTopicArn,
    STATE_MACHINE_ARN: config.stateMachineArn,
  }).flatMap(([name, arn]) => (arn === null ? [] : [{ name, arn }]));

const queue = (seen: Seen<QueueAttributes>, variable: string, judgeIt: (attributes: QueueAttributes) => readonly Finding[]) =>
  ifSeen(
    seen,
    { check: 'queue', expected: 'a queue at that address', todo: `Deploy the stack, or correct ${variable}.` },
    judgeIt,
  );

const queueAreas = (aws: SeenAws, rule: RuleName | null): readonly Area[] => {
  const wanted = resources();
  const intakeArn = arnOf(aws.intake);
  const ruleArn = rule && intakeArn !== null ? ruleArnOf(rule, intakeArn) : null;
  return [
    {
      area: 'intake queue',
      findings: queue(aws.intake, 'QUEUE_URL', (attributes) =>
        judgeIntake(attributes, { wanted: wanted.intakeQueue, deadLetterArn: arnOf(aws.deadLetters), ruleArn }),
      ),
    },
    {
      area: 'dead-letter queue',
      findings: queue(aws.deadLetters, 'DEAD_LETTER_QUEUE_URL', (attributes) =>
        judgeDeadLetters(attributes, wanted.deadLetterQueue, intakeArn),
      ),
    },
    {
      area: 'dead-letter queue of EventBridge',
      findings: queue(aws.eventDeadLetters, 'EVENT_DEAD_LETTER_QUEUE_URL', (attributes) =>
        judgeEventDeadLetters(attributes, wanted.eventDeadLetterQueue, ruleArn),
      ),
    },
  ];
};

const noRule: Finding = {
  check: 'rule',
  status: 'unknown',
  expected: 'a rule that takes the events of Genesys',
  actual: 'nobody says which: no stack was named, and the policy of the intake queue names none',
  todo: 'Name the stack with --stack.',
};

const feedFindings = (feed: SeenFeed | null, aws: SeenAws): readonly Finding[] =>
  feed ? judgeFeed(feed, { intakeArn: arnOf(aws.intake), eventDeadLetterArn: arnOf(aws.eventDeadLetters) }) : [noRule];

const genesysFindings = (seen: Seen<GenesysSeen> | null, rule: RuleName | null): readonly Finding[] =>
  seen ? judgeGenesys(seen, rule && organisationOfBus(rule.bus)) : [tell('CALL_DETAILS', 'off: Genesys is asked for nothing')];

interface SeenAll {
  readonly aws: SeenAws;
  readonly rule: RuleName | null;
  readonly feed: SeenFeed | null;
  readonly rights: SeenRights;
  readonly genesys: Seen<GenesysSeen> | null;
}

const judgeAll = ({ aws, rule, feed, rights, genesys }: SeenAll, installation: Installation, region: string): readonly Area[] => {
  const place = { region, caller: aws.caller, aheadMs: aws.aheadMs, arns: namedArns(installation, aws) };
  return [
    { area: 'installation', findings: [...judgeSettings(installation.settings), ...judgePlace(place)] },
    { area: 'events of Genesys', findings: feedFindings(feed, aws) },
    ...queueAreas(aws, rule),
    { area: 'table', findings: judgeTable(aws.table, resources().table) },
    { area: 'topic', findings: judgeTopic(aws.topic, aws.subscriptions) },
    { area: 'state machine', findings: judgeStateMachine(aws.stateMachine) },
    { area: rights.isOfWorkers ? 'rights of the workers' : 'rights of whoever calls', findings: judgeRights(rights) },
    { area: 'Genesys', findings: genesysFindings(genesys, rule) },
    { area: 'workers', findings: judgeFleet(aws.fleet) },
  ];
};

/** Looks at all of it, as far as the caller may. Changes nothing, receives nothing, never rejects for what AWS or Genesys says. */
export const examine = async (edges: Edges, installation: Installation): Promise<readonly Area[]> => {
  const [aws, genesys] = await Promise.all([lookAtAws(edges), lookAtGenesys(installation.environment)]);
  const rules = findRules(installation.rule, aws.intake);
  const [feed, rights] = await Promise.all([lookAtFeed(edges, rules, aws.intake), lookAtRights(edges, installation, aws)]);
  return judgeAll({ aws, rule: rules[0] ?? null, feed, rights, genesys }, installation, edges.region);
};
