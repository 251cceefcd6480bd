import { GetQueueAttributesCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { createQueue, deleteQueue } from '../../localstack/provision-queue';
import { sqsIntakeQueue } from '../../src/aws/intake-queue';
import { stringAttributes } from '../../src/aws/message-attributes';
import { silentLog } from '../../src/log';
import type { IntakeHandler, IntakeQueue } from '../../src/ports';
import { systemRandom } from '../../src/random';
import { resources } from '../../src/resources';
import { installAws, type AwsInstallation } from './aws-installation';
import { intakeQueueContract } from './intake-queue.contract';

let aws: AwsInstallation;
const queueNames: string[] = [];
beforeAll(async () => {
  aws = await installAws();
});
afterAll(async () => {
  await Promise.all(queueNames.map((name) => deleteQueue(aws.clients.sqs, name)));
  await aws.remove();
});

/** Looks at conditions again whenever the queue has reported something, so that nobody watches the time. */
const watch = (queue: IntakeQueue) => {
  const waiting = new Set<() => void>();
  const look = (): void => void setImmediate(() => waiting.forEach((check) => check()));
  const reported = <A extends readonly unknown[], R>(report: (...given: A) => R) => {
    return (...given: A): R => {
      look();
      return report(...given);
    };
  };
  const watched = (handler: IntakeHandler): IntakeHandler => ({
    ready: (signal) => {
      look();
      return handler.ready(signal);
    },
    pollStarted: reported(handler.pollStarted),
    pollReturned: reported(handler.pollReturned),
    pollFailed: reported(handler.pollFailed),
    admit: reported(handler.admit),
    deleted: reported(handler.deleted),
    kept: reported(handler.kept),
  });
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      look();
    });
  return {
    queue: { consume: (handler, stop) => queue.consume(watched(handler), stop).finally(look) } satisfies IntakeQueue,
    until,
  };
};

intakeQueueContract('SQS', async () => {
  const { clients, clock, prefix } = aws;
  const { sqs, polling } = clients;
  const name = `${prefix}-${queueNames.length}`;
  queueNames.push(name);
  const { url } = await createQueue(sqs, { ...resources(prefix).intakeQueue, name });
  const { queue, until } = watch(
    sqsIntakeQueue({
      polling,
      sqs,
      queueUrl: url,
      consumers: 2,
      batches: 2,
      waitSeconds: 1,
      visibilitySeconds: 60,
      clock,
      random: systemRandom,
      log: silentLog,
    }),
  );
  const attributes = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  return {
    queue,
    until,
    send: async (bodies, attributes = {}) => {
      for (let from = 0; from < bodies.length; from += 10) {
        const entries = bodies
          .slice(from, from + 10)
          .map((body, n) => ({ Id: String(n), MessageBody: body, MessageAttributes: stringAttributes(attributes) }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
      }
    },
    remaining: async () => {
      const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...attributes] }));
      return attributes.reduce((sum, attribute) => sum + Number(answer.Attributes?.[attribute]), 0);
    },
    nowMs: clock.nowMs,
  };
});
