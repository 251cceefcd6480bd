import type { DescribedArchive, DescribedRule, RuleTarget } from '../ports-doctor';
import { judgeEventSource, type EventSourceSeen } from './event-source-check';
import { taken } from './event-pattern';
import { judge, tell, type Finding } from './finding';
import { organisationOfBus } from './rule-name';
import { ifSeen, type Seen } from './seen';

export interface SeenRule {
  readonly name: string;
  readonly rule: Seen<DescribedRule>;
  readonly targets: Seen<readonly RuleTarget[]>;
}

/** From the partner event source to the intake queue. */
export interface SeenFeed {
  /** Name of the event bus. */
  readonly on: string;
  readonly bus: Seen<{ readonly arn: string }>;
  /** Several where one pattern does not hold all types. */
  readonly rules: readonly SeenRule[];
  readonly archives: Seen<readonly DescribedArchive[]>;
  /** Null: the bus is no partner's. */
  readonly source: Seen<EventSourceSeen> | null;
}

export interface FeedQueues {
  readonly intakeArn: string | null;
  readonly eventDeadLetterArn: string | null;
}

const retries = { attempts: 185, seconds: 86_400 } as const;

const judgeTarget = (target: RuleTarget, { eventDeadLetterArn }: FeedQueues): readonly Finding[] => [
  judge({
    check: "target's dead letters",
    expected: eventDeadLetterArn ?? 'a queue',
    actual: target.deadLetterArn ?? 'none',
    isRight: target.deadLetterArn !== null && (eventDeadLetterArn === null || target.deadLetterArn === eventDeadLetterArn),
    otherwise: target.deadLetterArn === null ? 'wrong' : 'warn',
    todo: 'Give the target the dead-letter queue of EVENT_DEAD_LETTER_QUEUE_URL: what EventBridge gives up on is lost, or lies where nobody looks.',
  }),
  judge({
    check: 'retries',
    expected: `${retries.attempts} in ${retries.seconds} s`,
    // What a target does not say is EventBridge's default, which is its most.
    actual: `${target.retryAttempts ?? retries.attempts} in ${target.maxAgeSeconds ?? retries.seconds} s`,
    isRight: (target.retryAttempts ?? 185) >= retries.attempts && (target.maxAgeSeconds ?? 86_400) >= retries.seconds,
    otherwise: 'warn',
    todo: 'Raise both to EventBridge’s most: an outage of SQS that lasts longer goes to the dead letters.',
  }),
];

const judgeTargets = (targets: Seen<readonly RuleTarget[]>, queues: FeedQueues): readonly Finding[] => {
  const { intakeArn } = queues;
  const expected = intakeArn ?? 'the intake queue';
  const todo = 'Make the intake queue a target of the rule: nothing comes to it.';
  return ifSeen(targets, { check: 'target', expected, todo }, (all) => {
    const ours = all.find(({ arn }) => arn === intakeArn);
    const found = judge({
      check: 'target',
      expected,
      actual: all.length === 0 ? 'none' : all.map(({ arn }) => arn).join(', '),
      isRight: ours !== undefined,
      otherwise: intakeArn === null ? 'warn' : 'wrong',
      todo,
    });
    return ours ? [found, ...judgeTarget(ours, queues)] : [found];
  });
};

const judgePattern = (pattern: string | null, bus: string): Finding => {
  // Who puts events on a bus of one's own names their source, too.
  if (organisationOfBus(bus) === null) return tell('pattern', String(pattern));
  const takes = taken(pattern, { source: bus });
  return judge({
    check: 'pattern',
    expected: 'takes what comes from Genesys',
    actual: takes === 'some' ? 'takes some of it (ruleMode=registered?)' : takes === 'all' ? 'takes all of it' : String(pattern),
    isRight: takes === 'all' || takes === 'some',
    otherwise: takes === 'unknown' ? 'warn' : 'wrong',
    todo: 'Deploy the rule as the stack has it, or compare its `source` with the name of the partner event source: what it does not take is lost.',
  });
};

const judgeRule = ({ name, rule, targets }: SeenRule, bus: string, queues: FeedQueues): readonly Finding[] => {
  const thing = { check: 'rule', expected: `${name}, ENABLED`, todo: 'Deploy the stack: no rule takes events to the queue.' };
  return ifSeen(rule, thing, ({ state, pattern }) => [
    judge({
      check: 'rule',
      expected: `${name}, ENABLED`,
      actual: `${name}, ${state}`,
      isRight: state === 'ENABLED',
      todo: 'Enable it. What came meanwhile is in the archive alone, if there is one.',
    }),
    judgePattern(pattern, bus),
    ...judgeTargets(targets, queues),
  ]);
};

const judgeSource = ({ source, on }: SeenFeed): readonly Finding[] =>
  source === null
    ? [tell('partner source', `none: nobody but you, or whoever shares it, puts events on the bus ${on}`)]
    : judgeEventSource(source);

const tellArchives = (archives: Seen<readonly DescribedArchive[]>): readonly Finding[] =>
  ifSeen(archives, { check: 'archive', expected: 'a list of them', todo: 'Look at the event bus.' }, (all) =>
    all.length === 0
      ? [tell('archive', 'none: what is lost behind the bus cannot be replayed')]
      : all.map(({ state, retentionDays }) =>
          tell('archive', `${state}, keeps ${retentionDays === 0 ? 'for ever' : `${retentionDays} days`}`),
        ),
  );

export const judgeFeed = (feed: SeenFeed, queues: FeedQueues): readonly Finding[] => {
  const { on, bus, rules, archives } = feed;
  const thing = { check: 'bus', expected: on, todo: 'Deploy the stack: there is no event bus of that name in this region.' };
  const judged = ifSeen(bus, thing, () => [
    judge({ check: 'bus', expected: on, actual: on, isRight: true, todo: '' }),
    ...rules.flatMap((rule) => judgeRule(rule, on, queues)),
    ...tellArchives(archives),
  ]);
  return [...judgeSource(feed), ...judged];
};
