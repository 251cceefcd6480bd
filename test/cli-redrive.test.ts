import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { demoTimes } from '../localstack/demo/worker-environment';
import { sqsDeadLetterQueue } from '../src/aws/dead-letter-queue';
import { work } from '../src/commands/worker';
import { loadConfig } from '../src/config';
import { readHistory, redriveAttribute } from '../src/core/on-call/redrive-history';
import * as schemaFiles from '../src/schema-files';
import { type AwsInstallation, installAws } from './contract/aws-installation';
import { takeMessages } from './contract/aws-queue-reader';
import { feedMessage, noon } from './factories';
import { only, withoutSubject } from './grown-registry';
import { runHere } from './run-here';

/* Dead letters of a type that the workers did not know, real workers in this process, and the command line of who is on call. */

const subject = 'v2.detail.events.conversation.wrapup';
const filter = ['--place', 'worker', '--reason', 'unknown-type', '--why', 'the subject was released'];

let aws: AwsInstallation;
let environment: typeof process.env;

beforeAll(async () => {
  environment = { ...process.env };
  aws = await installAws();
  Object.assign(process.env, {
    QUEUE_URL: aws.names.queueUrl,
    DEAD_LETTER_QUEUE_URL: aws.names.deadLetterQueueUrl,
    EVENT_DEAD_LETTER_QUEUE_URL: aws.names.eventDeadLetterQueueUrl,
    TABLE_NAME: aws.names.tableName,
    STATE_MACHINE_ARN: aws.names.stateMachineArn,
    RECORD_TOPIC_ARN: aws.names.topicArn,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: aws.endpointUrl,
    CALL_DETAILS: 'off',
    LOG_LEVEL: 'error',
    HEALTH_PORT: '0',
    ...demoTimes,
  });
});

afterEach(() => jest.restoreAllMocks());

/** Each test leaves the queues empty. */
afterAll(async () => {
  await aws.remove();
  process.env = environment;
});

const small = [
  'envelope.eventbridge',
  'tidemark.record',
  'tidemark.execution-input',
  'tidemark.event',
  'tidemark.passed-event',
  'tidemark.correction',
];
const registries = {
  old: only(small, withoutSubject(subject)),
  new: only([...small, subject], schemaFiles.readSchemaFiles()),
};

/** A worker while `act` runs; an older one does not know the subject. */
const withWorker = async <T>(age: 'old' | 'new', act: () => Promise<T>): Promise<T> => {
  const [soft, hard] = [new AbortController(), new AbortController()];
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  // A worker reads its registry as it starts; the command reads the one of this machine.
  const asDeployed = jest.spyOn(schemaFiles, 'readSchemaFiles');
  const hasRead = new Promise<void>((resolve) =>
    asDeployed.mockImplementation(() => {
      resolve();
      return registries[age];
    }),
  );
  const worker = work(loadConfig(), 'tidemark/test', { soft: soft.signal, hard: hard.signal });
  await Promise.race([hasRead, worker]);
  asDeployed.mockRestore();
  try {
    return await act();
  } finally {
    soft.abort();
    await worker;
    jest.restoreAllMocks();
  }
};

const lying = async (queueUrl: string): Promise<number> => {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await aws.clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
};

/** So many letters, as a worker sets them aside that does not know their type. */
const setAside = async (count: number): Promise<void> => {
  const { sqs } = aws.clients;
  const queue = sqsDeadLetterQueue(sqs, aws.names.deadLetterQueueUrl, 'tidemark/old');
  const rejection = { reason: 'unknown-type', detail: 'Expected a known type.', step: 'validate', type: subject } as const;
  for (let n = 0; n < count; n += 1) {
    const body = JSON.stringify(feedMessage({ type: 'wrapup', conversation: `conversation-${String(n)}` }));
    const message = { id: `first-${String(n)}`, body, sentAtMs: noon, receiveCount: 1, handle: '' };
    await queue.setAside({ message, rejection, atMs: noon });
  }
};

interface JobEnds {
  readonly jobs: readonly {
    readonly job: string;
    readonly state: string;
    readonly because: string | null;
    readonly counts: object;
  }[];
}

const redrive = async (): Promise<{ readonly code: number | null; readonly answer: JobEnds }> => {
  const { code, stdout } = await runHere('dead-letters', 'redrive', ...filter, '--execute', '--json');
  return { code, answer: JSON.parse(stdout) as JobEnds };
};

const atFirstRung = '1 of 1 moved were refused again (unknown-type 1); none may be of the first rung';

test("a job that nobody knows is the caller's to mend, and where nothing has stopped nothing is moved", async () => {
  for (const command of ['resume', 'cancel']) {
    const unknown = await runHere('dead-letters', command, 'nobody');
    expect(unknown.stderr).toContain('Expected a redrive job, found none named `nobody`');
    expect(unknown.code).toBe(2);
  }
  const none = await runHere('dead-letters', 'redrive', ...filter, '--execute');
  expect(none).toMatchObject({ code: 0, stdout: 'Nothing that has stopped passes the filter.\n' });
  expect((await runHere('dead-letters', 'jobs')).stdout).toBe('There are no redrives.\n');
  expect((await runHere('dead-letters', 'redrive')).code).toBe(2);
});

test('letters of a type that was released since are tried, moved, admitted, and accounted for', async () => {
  await setAside(30);
  const tried = await runHere('dead-letters', 'redrive', ...filter);
  expect(tried.stdout).toMatch(/unknown-type +\S*wrapup +30 +30 +0 +0 +0 +0$/m);
  expect(tried.stdout).toContain('It would move 30: 1, then 10, then 100, at most 50 a second');
  expect(tried.stdout).toContain('Nothing was moved: that takes --execute.');
  expect(tried.code).toBe(0);
  expect(await lying(aws.names.queueUrl)).toBe(0);
  expect(await lying(aws.names.deadLetterQueueUrl)).toBe(30);

  const moved = await withWorker('new', redrive);
  const counts = { selected: 30, moved: 30, skipped: 0, failed: 0, left: 0, admitted: 30, refused: 0, unanswered: 0 };
  expect(moved).toMatchObject({ code: 0, answer: { jobs: [{ state: 'done', because: null, place: 'worker', counts }] } });
  expect(await lying(aws.names.deadLetterQueueUrl)).toBe(0);

  const { stdout } = await runHere('dead-letters', 'jobs');
  expect(stdout).toMatch(new RegExp(`${moved.answer.jobs[0]!.job} .* worker +done +30 +30 +0 +0 +0 +30 +0 `));
});

test('where the workers do not know the type yet it stops at the first, and is gone on with when they do', async () => {
  await setAside(12);
  const { answer, code } = await withWorker('old', redrive);
  const counts = { selected: 12, moved: 1, skipped: 0, failed: 0, left: 11, admitted: 0, refused: 1, unanswered: 0 };
  expect({ code, answer }).toMatchObject({ code: 1, answer: { jobs: [{ state: 'stopped', because: atFirstRung, counts }] } });
  expect(await lying(aws.names.deadLetterQueueUrl)).toBe(12);
  const { job } = answer.jobs[0]!;

  const tried = await runHere('dead-letters', 'redrive', ...filter);
  expect(tried.stdout).toContain('It would move 11');
  expect(tried.stdout).toContain('1 would be skipped: it failed again after an earlier redrive; --again takes them, too.');

  expect((await runHere('dead-letters', 'cancel', job)).stdout).toContain('was not running');
  const gone = await withWorker('new', () => runHere('dead-letters', 'resume', job));
  expect(gone.stdout).toContain('12 selected = 12 moved + 0 skipped + 0 failed + 0 left');
  expect(gone.stdout).toContain('of those moved: 11 admitted, 1 refused again, 0 without an answer');
  expect(gone.code).toBe(1);

  const [letter] = await takeMessages(aws.clients.sqs, aws.names.deadLetterQueueUrl, 1);
  expect(readHistory(letter!.attributes[redriveAttribute])).toMatchObject({
    first: expect.stringMatching(/^first-/) as string,
    times: 1,
    job,
  });
  expect(await lying(aws.names.deadLetterQueueUrl)).toBe(0);
});
