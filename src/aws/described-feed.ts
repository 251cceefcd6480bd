import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import type { DescribedArchive, DescribedRule, RuleTarget } from '../ports-doctor';
import { type ClientPlace, shortLived } from './short-lived-client';

/** Bus, rules, targets and archives; each takes a right of its own, called like the command. */
export const feedDescriber = (place: ClientPlace, bus: string) => {
  const client = new EventBridgeClient(shortLived(place));
  const named = { EventBusName: bus };
  return {
    bus: async (abortSignal: AbortSignal): Promise<{ readonly arn: string }> => {
      const { Arn: arn = '' } = await client.send(new DescribeEventBusCommand({ Name: bus }), { abortSignal });
      return { arn };
    },
    rule: async (rule: string, abortSignal: AbortSignal): Promise<DescribedRule> => {
      const told = await client.send(new DescribeRuleCommand({ ...named, Name: rule }), { abortSignal });
      return { arn: told.Arn ?? '', state: told.State ?? 'unknown', pattern: told.EventPattern ?? null };
    },
    targets: async (rule: string, abortSignal: AbortSignal): Promise<readonly RuleTarget[]> => {
      const { Targets: targets = [] } = await client.send(new ListTargetsByRuleCommand({ ...named, Rule: rule }), {
        abortSignal,
      });
      return targets.map(({ Arn: arn = '', DeadLetterConfig: letters, RetryPolicy: retries }) => ({
        arn,
        deadLetterArn: letters?.Arn ?? null,
        retryAttempts: retries?.MaximumRetryAttempts ?? null,
        maxAgeSeconds: retries?.MaximumEventAgeInSeconds ?? null,
      }));
    },
    archives: async (busArn: string, abortSignal: AbortSignal): Promise<readonly DescribedArchive[]> => {
      const { Archives: archives = [] } = await client.send(new ListArchivesCommand({ EventSourceArn: busArn }), { abortSignal });
      return archives.map(({ ArchiveName: name = '', State: state = 'unknown', RetentionDays: retentionDays = 0 }) => ({
        name,
        state,
        retentionDays,
      }));
    },
    destroy: () => client.destroy(),
  };
};
