import { sqsDeadLetterQueue } from '../src/aws/dead-letter-queue';
import { sfnStateMachine } from '../src/aws/state-machine';
import { dynamoWindowTable } from '../src/aws/window-table';
import type { JsonObject } from '../src/core/json';
import { createPipeline } from '../src/pipeline';
import type { Message } from '../src/ports';
import type { AwsInstallation } from './contract/aws-installation';
import { feedMessage, minute, noon } from './factories';
import { memoryOutside, messageOf, settings } from './outside';

/** A call that somebody asks about: its messages, and the conversation they are of. */
export const callId = 'conversation-1';

const agent = { participant: 'agent-1', session: 'agent-session-1' };
const canary = { phone: 'tel:+4915100000042', note: 'wants the blue one' };
const started = feedMessage({ body: { ani: canary.phone, direction: 'INBOUND' } });
const taken = feedMessage({ type: 'user.start', at: minute(0.5), ...agent });
const left = feedMessage({ type: 'user.end', at: minute(2), ...agent, body: { interactingDurationMs: 90_000 } });
const ended = feedMessage({ type: 'customer.end', at: minute(2) });
const noted = feedMessage({ type: 'acw', at: minute(3), ...agent, body: { wrapupDurationMs: 30_000, wrapupNotes: canary.note } });
const unknown = { ...ended, 'detail-type': 'v2.detail.events.conversation.{id}.unheard.of' };

/** What a customer said or is: no output that was not asked for it may hold it. */
export const canaries: readonly string[] = Object.values(canary);

/**
 * Two revisions in the table of an installation: a call, of which the start comes again after its record, the after-call work comes
 * half an hour late, and one message is set aside.
 */
export const liveThrough = async ({ clients, names }: AwsInstallation): Promise<void> => {
  const outside = {
    ...memoryOutside(),
    table: dynamoWindowTable({ dynamo: clients.dynamo, tableName: names.tableName }),
    stateMachine: sfnStateMachine(clients.sfn, names.stateMachineArn),
    deadLetters: sqsDeadLetterQueue(clients.sqs, names.deadLetterQueueUrl, 'tidemark/test'),
  };
  const { clock } = outside;
  const pipeline = createPipeline(outside, {
    ...settings,
    retentionMs: 10 * 365 * 86_400_000,
    eventRetentionMs: 10 * 365 * 86_400_000,
  });
  let count = 0;
  const message = (body: JsonObject): Message =>
    messageOf(JSON.stringify(body), { id: `message-${String(++count)}`, sentAtMs: clock.nowMs() });
  const admit = async (...bodies: readonly JsonObject[]): Promise<void> => {
    const done = await pipeline.admit(bodies.map(message), clock.nowMs() - 30_000);
    if (done.length < bodies.length) throw new Error('Expected every message to be admitted or set aside.');
  };
  const closeDue = async (): Promise<void> => {
    for (const due of await outside.table.findDue('Q#000', clock.nowMs(), 10)) await pipeline.close(due, clock.nowMs());
  };
  await clock.advance(minute(2) - noon);
  await admit(started, taken, left, ended, unknown);
  await clock.advance(settings.acwHoldMs);
  await closeDue();
  await clock.advance(30 * 60_000);
  await admit(started, noted);
  await clock.advance(settings.holdMs);
  await closeDue();
};
