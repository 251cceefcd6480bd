import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Metrics } from '../ports';
import type { AwsClock } from './clock';

type Stack = SQSClient['middlewareStack'];
interface Observed {
  readonly middlewareStack: unknown;
}
export interface Observer {
  readonly clock: Pick<AwsClock, 'host' | 'learn'>;
  readonly metrics: Metrics;
}

const dateOf = (response: unknown): string | undefined =>
  (response as { headers?: Record<string, string | undefined> } | undefined)?.headers?.['date'];

/**
 * Counts each attempt and learns AWS's time from each answer, errors included: innermost in the stack, inside the SDK's
 * retries and before the answer is read. The stacks of all clients are one type but for their commands.
 */
export const observe = ({ middlewareStack }: Observed, { clock, metrics }: Observer): void => {
  (middlewareStack as Stack).add(
    (next, context) => {
      const service = String(context['clientName']).replace(/Client$/, '');
      const operation = String(context['commandName']).replace(/Command$/, '');
      return async (args) => {
        metrics.add('AwsRequests', 1, { service, operation });
        const sentMs = clock.host.nowMs();
        const answer = await next(args);
        const date = dateOf(answer.response);
        if (date !== undefined) clock.learn({ sentMs, receivedMs: clock.host.nowMs(), date });
        return answer;
      };
    },
    { name: 'observeAttempts', step: 'deserialize', priority: 'low' },
  );
};

interface Client extends Observed {
  readonly destroy: () => void;
}

/** Clients that are observed, and end together. */
export const observedClients = (observer: Observer) => {
  const all: Client[] = [];
  return {
    observed: <C extends Client>(client: C): C => {
      observe(client, observer);
      all.push(client);
      return client;
    },
    destroy: (): void => {
      for (const client of all) client.destroy();
    },
  };
};
