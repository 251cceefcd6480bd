import { feedDescriber } from '../../aws/described-feed';
import { awsEventSources } from '../../aws/event-sources';
import type { EventSourceSeen } from '../../doctor/event-source-check';
import type { SeenFeed, SeenRule } from '../../doctor/feed-check';
import { sendersOf } from '../../doctor/queue-policy';
import { busArnOf, organisationOfBus, ruleNameIn, type RuleName } from '../../doctor/rule-name';
import { valueOf, type Seen } from '../../doctor/seen';
import type { QueueAttributes } from '../../ports-doctor';
import { type Edges, placeOf } from './look-at-aws';
import { look } from './look';

const isSame = (one: RuleName, other: RuleName): boolean => one.bus === other.bus && one.rule === other.rule;

/** The stack says which; the queue's policy names those that may send, which may be more. All of one bus. */
export const findRules = (named: RuleName | null, intake: Seen<QueueAttributes>): readonly RuleName[] => {
  const senders = sendersOf(valueOf(intake)?.['Policy'])
    .rules.map(ruleNameIn)
    .filter((rule) => rule !== null);
  const all = [...(named === null ? [] : [named]), ...senders];
  return all.filter((rule, index) => rule.bus === all[0]?.bus && all.findIndex((one) => isSame(one, rule)) === index);
};

const lookAtSource = async (edges: Edges, name: string): Promise<Seen<EventSourceSeen>> => {
  const { region, endpointUrl } = placeOf(edges);
  const sources = awsEventSources(region, endpointUrl);
  const seen = await look('events:DescribeEventSource', () => sources.find(name));
  sources.destroy();
  if (seen.kind !== 'seen') return seen;
  return seen.value === null ? { kind: 'absent' } : { kind: 'seen', value: seen.value };
};

type Describer = ReturnType<typeof feedDescriber>;

const lookAtRule = async (describer: Describer, name: string): Promise<SeenRule> => {
  const [rule, targets] = await Promise.all([
    look('events:DescribeRule', (signal) => describer.rule(name, signal)),
    look('events:ListTargetsByRule', (signal) => describer.targets(name, signal)),
  ]);
  return { name, rule, targets };
};

/** Null: nobody names a rule. */
export const lookAtFeed = async (
  edges: Edges,
  named: readonly RuleName[],
  intake: Seen<QueueAttributes>,
): Promise<SeenFeed | null> => {
  const [first] = named;
  if (!first) return null;
  const on = first.bus;
  const describer = feedDescriber(placeOf(edges), on);
  const busArn = busArnOf(on, valueOf(intake)?.['QueueArn'] ?? '');
  const [bus, archives, rules, source] = await Promise.all([
    look('events:DescribeEventBus', describer.bus),
    look('events:ListArchives', (signal) => describer.archives(busArn, signal)),
    Promise.all(named.map(({ rule }) => lookAtRule(describer, rule))),
    organisationOfBus(on) === null ? null : lookAtSource(edges, on),
  ]);
  describer.destroy();
  return { on, bus, rules, archives, source };
};
