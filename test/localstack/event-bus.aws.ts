import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { awsClients, type AwsClients } from '../../localstack/clients';
import { openNursery, projectRoot } from '../../localstack/demo/children';
import { entryOf, putEvents } from '../../localstack/demo/event-bus';
import { observe, type Observed } from '../../localstack/demo/observe';
import { settle } from '../../localstack/demo/settle';
import { setStage, startWorkers, type Stage } from '../../localstack/demo/stage';
import { deprovisionByStack, provisionByStack } from '../../localstack/messaging/provision';
import { synthesizeMessaging } from '../../localstack/messaging/read-template';
import type { Provisioned } from '../../localstack/installation';
import { deadLetterAttributes } from '../../src/core/rejection';
import { feedMessage, second } from '../factories';

/* From the event bus to the topic, through everything that the synthesized template makes, on an endpoint that has EventBridge. */

const awsUrl = process.env['AWS_ENDPOINT_URL']!;
const call = '00000000-0000-4000-8000-0000000000c1';
const foreign = '00000000-0000-4000-8000-0000000000c2';

/** A bound for what is stuck; a machine may be slow. */
const patienceMs = 480_000;

const folder = mkdtempSync(join(tmpdir(), 'tidemark-event-bus-test-'));
const nursery = openNursery(folder);

afterAll(() => {
  nursery.killAll();
  rmSync(folder, { recursive: true, force: true });
});

type Message = ReturnType<typeof feedMessage>;

const ofCall = [
  feedMessage({ type: 'customer.start', at: second(0), conversation: call, session: 'customer' }),
  feedMessage({ type: 'user.start', at: second(10), conversation: call, session: 'agent' }),
  feedMessage({ type: 'user.end', at: second(60), conversation: call, session: 'agent' }),
  feedMessage({ type: 'customer.end', at: second(60), conversation: call, session: 'customer' }),
];
const unknown: Message = {
  ...feedMessage({ conversation: call }),
  'detail-type': 'v2.detail.events.conversation.{id}.hologram.start',
};
const ofAnother: Message = { ...feedMessage({ conversation: foreign }), source: 'com.example/genesys' };

const put = ({ events }: AwsClients, { eventBusName }: Pick<Provisioned, 'eventBusName'>, messages: readonly Message[]) =>
  putEvents(
    events,
    eventBusName!,
    messages.map((message) => entryOf(JSON.stringify(message))!),
  );

describe('what is put on the event bus', () => {
  let stage: Stage;
  let observed: Observed;

  beforeAll(async () => {
    stage = await setStage(nursery, randomUUID(), { awsUrl, visibilitySeconds: 10 });
    await put(stage.clients, stage.places, [ofAnother, ...ofCall, unknown]);
    // Each publication has an id of its own.
    await put(stage.clients, stage.places, ofCall);
    const program = ['--import', 'tsx', join(projectRoot, 'src', 'main.ts')];
    const [worker] = startWorkers(nursery, stage, { program, names: ['worker'] });
    await settle(stage.clients, stage.places, { stuckAfterMs: 60_000, watch: () => nursery.assertAllStand() });
    expect(await worker!.stop()).toBe('0');
    observed = await observe(stage);
  }, patienceMs);

  afterAll(async () => {
    stage.clients.close();
    await stage.standIns.stop();
    await deprovisionByStack({ endpointUrl: awsUrl, prefix: stage.prefix });
  }, patienceMs);

  test('comes by rule, queue, worker and table to one execution and one publication', () => {
    const [stored, ...others] = observed.records.get(call)!;
    expect(others).toEqual([]);
    expect(stored!.record).toMatchObject({ revision: 1, status: 'final', eventCount: 4, durationMs: 60_000 });
    expect(observed.executions.map(({ status }) => status)).toEqual(['SUCCEEDED']);
    expect(JSON.parse(observed.executions[0]!.input)).toMatchObject({ conversationId: call, record: { revision: 1 } });
    expect(new Set(observed.published.map(({ body }) => body))).toEqual(new Set([stored!.outbox.notification.message]));
  });

  test('is set aside, if its type is unknown, as EventBridge has written it', () => {
    // Twice is allowed, as the queue may deliver twice.
    const bodies = [...new Set(observed.deadLetters.map(({ body }) => body))];
    expect(new Set(observed.deadLetters.map(({ attributes }) => attributes[deadLetterAttributes.reason]))).toEqual(
      new Set(['unknown-type']),
    );
    const { 'detail-type': detailType, source, time, detail } = unknown;
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
      expect.objectContaining({ 'detail-type': detailType, source, time, detail }),
    ]);
  });

  test('never arrives, if its source is another', () => {
    expect([...observed.records.keys()]).toEqual([call]);
    expect(observed.heads.map(({ conversationId }) => conversationId)).toEqual([call]);
  });
});

describe('where the rule takes only registered types', () => {
  const own = { endpointUrl: awsUrl, prefix: `registered-${randomUUID().slice(0, 8)}` };
  const clients = awsClients(awsUrl);

  afterAll(async () => {
    clients.close();
    await deprovisionByStack(own);
  }, patienceMs);

  test(
    'an unknown type never arrives, and the others do',
    async () => {
      const made = await provisionByStack(own, synthesizeMessaging({ ruleMode: 'registered' }));
      await put(clients, made, [unknown, ...ofCall]);
      const arrived: unknown[] = [];
      const receive = new ReceiveMessageCommand({ QueueUrl: made.queueUrl, WaitTimeSeconds: 2, MaxNumberOfMessages: 10 });
      for (;;) {
        const { Messages = [] } = await clients.sqs.send(receive);
        if (Messages.length === 0) break;
        arrived.push(...Messages.map(({ Body = '' }) => (JSON.parse(Body) as Message)['detail-type']));
      }
      expect(arrived.toSorted()).toEqual(ofCall.map((message) => message['detail-type']).toSorted());
    },
    patienceMs,
  );
});
