import { dynamoAuditTrail } from '../src/aws/audit-trail';
import { dynamoFleet } from '../src/aws/fleet';
import { dynamoLeverBoard } from '../src/aws/lever-board';
import { heartbeatKeptMs } from '../src/core/items';
import { levers } from '../src/core/on-call/levers';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

/* `tidemark pause`, `resume` and `levers`, as the engineer on call meets them, over a table. */

const { aws, use } = tableForCommands();

const table = () => ({ dynamo: aws().clients.dynamo, tableName: aws().names.tableName });

const useAll = (): void => {
  const { queueUrl, deadLetterQueueUrl } = aws().names;
  use({ QUEUE_URL: queueUrl, DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl });
};

const done = async () => (await dynamoAuditTrail(table()).read(Date.now())).filter(({ stage }) => stage === 'done');

afterEach(async () => {
  for (const lever of levers) await dynamoLeverBoard(table()).resume(lever);
});

test.each(levers)('a paused lever says what stops, what goes on, what to mind and how to undo it (%s)', async (lever) => {
  useAll();
  const { code, stdout } = await runHere('pause', lever, '--reason', 'the CRM is being moved');
  expect(code).toBe(0);
  expect(stdout).toContain(`Paused ${lever} since `);
  expect(stdout).toMatch(/the CRM is being moved\n {2}stops .*\n {2}goes on .*\n {2}mind .*\n/);
  expect(stdout).toContain(`undo      tidemark resume ${lever} --reason TEXT`);
  expect(await dynamoLeverBoard(table()).read()).toMatchObject([{ lever, reason: 'the CRM is being moved' }]);
});

test('whoever pauses intake is told how long SQS keeps what waits', async () => {
  useAll();
  expect((await runHere('pause', 'intake', '--reason', 'a bad release')).stdout).toContain('14 days');
});

test('what is paused is listed until it is resumed, and both are in the audit trail', async () => {
  useAll();
  const before = (await done()).length;
  await runHere('pause', 'handoff', '--reason', 'the CRM is being moved');
  const paused = await runHere('levers');
  expect(paused.code).toBe(1);
  expect(paused.stdout).toMatch(/handoff +paused +\d+ s +\S.* the CRM is being moved/);
  expect(paused.stdout).toMatch(/intake +on/);
  const { code, stdout } = await runHere('resume', 'handoff', '--reason', 'the CRM is back');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Resumed handoff, .* by .*: the CRM is being moved\n/);
  expect((await runHere('levers')).code).toBe(0);
  expect((await done()).slice(before)).toMatchObject([
    { action: 'pause', what: 'handoff', why: 'the CRM is being moved', counts: { paused: 1 } },
    { action: 'resume', what: 'handoff', why: 'the CRM is back', counts: { resumed: 1 } },
  ]);
});

test('resuming what is not paused is nothing, and leaves no trace', async () => {
  useAll();
  const before = (await done()).length;
  const { code, stdout } = await runHere('resume', 'closing', '--reason', 'just in case');
  expect([code, stdout]).toEqual([0, 'Nothing to resume: closing is not paused.\n']);
  expect(await done()).toHaveLength(before);
});

test('workers are listed with when they were last heard of and how far behind they are', async () => {
  useAll();
  expect((await runHere('levers')).stdout).toContain(
    'No worker runs: each has left in good order, or was not heard of for a day.',
  );
  const fleet = dynamoFleet(table());
  const member = { counter: 1, hasReceived: true, leaving: false, fleetWatermarkMs: Date.now() - 600_000 };
  await fleet.beat({ ...member, workerId: 'alive', watermarkMs: Date.now() - 600_000 }, Date.now() + heartbeatKeptMs);
  await fleet.beat({ ...member, workerId: 'dead', watermarkMs: null }, Date.now() - 3_600_000 + heartbeatKeptMs);
  const { stdout } = await runHere('levers');
  expect(stdout).toMatch(/alive +alive +\d s ago +10 min/);
  expect(stdout).toMatch(/dead +silent +60 min ago +says nothing/);
  expect(stdout).toContain("The fleet's watermark is 10 min behind.");
  const json = JSON.parse((await runHere('levers', '--json')).stdout) as unknown;
  expect(json).toMatchObject({ paused: [], workers: [{ workerId: 'alive', state: 'alive' }, { state: 'silent' }] });
});

test('a lever that does not exist, or no reason, is refused', async () => {
  useAll();
  expect(await runHere('pause', 'everything', '--reason', 'because')).toMatchObject({ code: 2 });
  expect(await runHere('pause', 'intake')).toMatchObject({ code: 2 });
  expect(await dynamoLeverBoard(table()).read()).toEqual([]);
});
