import { feedDescriber } from '../../aws/described-feed';
import { awsEventSources } from '../../aws/event-sources';
import type { EventSourceSeen } from '../../doctor/event-source-check';
import type { SeenFeed } from '../../doctor/feed-check';
import { sendersOf } from '../../doctor/queue-policy';
import { organisationOfBus, ruleNameIn, type RuleName } from '../../doctor/rule-name';
import { valueOf, type Seen } from '../../doctor/seen';
import type { QueueAttributes } from '../../ports-doctor';
import { type Edges, placeOf } from './look-at-aws';
import { look } from './look';

/** The stack says it; else the queue's policy does, which names the rule that may send. */
export const findRule = (named: RuleName | null, intake: Seen<QueueAttributes>): RuleName | null => {
  if (named !== null) return named;
  const [first = null] = sendersOf(valueOf(intake)?.['Policy'])
    .rules.map(ruleNameIn)
    .filter((rule) => rule !== null);
  return first;
};

const lookAtSource = async (edges: Edges, name: string): Promise<Seen<EventSourceSeen>> => {
  const { region, endpointUrl } = placeOf(edges);
  const sources = awsEventSources(region, endpointUrl);
  const seen = await look('events:DescribeEventSource', () => sources.find(name));
  sources.destroy();
  if (seen.kind !== 'seen') return seen;
  return seen.value === null ? { kind: 'absent' } : { kind: 'seen', value: seen.value };
};

export const lookAtFeed = async (edges: Edges, name: RuleName): Promise<SeenFeed> => {
  const describer = feedDescriber(placeOf(edges), name);
  const lookAtArchives = async () => {
    const bus = await look('events:DescribeEventBus', describer.bus);
    if (bus.kind !== 'seen') return { bus, archives: bus };
    return { bus, archives: await look('events:ListArchives', (signal) => describer.archives(bus.value.arn, signal)) };
  };
  const [{ bus, archives }, rule, targets, source] = await Promise.all([
    lookAtArchives(),
    look('events:DescribeRule', describer.rule),
    look('events:ListTargetsByRule', describer.targets),
    organisationOfBus(name.bus) === null ? null : lookAtSource(edges, name.bus),
  ]);
  describer.destroy();
  return { name, bus, rule, targets, archives, source };
};
