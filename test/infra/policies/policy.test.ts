import { isAllowed, listOf, policyNames, readPolicy, type IamRequest, type Policy } from './policy';
import { anInstallation } from './installation';

const [read, operator, privacy] = policyNames.map((name) => readPolicy(name, anInstallation)) as [Policy, Policy, Policy];
const table = (action: string, ...leadingKeys: readonly string[]): IamRequest => ({
  action: `dynamodb:${action}`,
  resource: anInstallation.TableArn,
  leadingKeys,
});
const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

describe.each([read, operator, privacy])('$name', ({ bytes, statements }) => {
  test('fits a managed policy, and names each action in full', () => {
    expect(bytes).toBeLessThanOrEqual(6_144);
    const actions = statements.flatMap(({ Action }) => listOf(Action));
    expect(actions.filter((action) => !/^[a-z]+:[A-Z]\w+$/.test(action))).toEqual([]);
    const ids = statements.map(({ Sid }) => Sid);
    expect([new Set(ids).size, ids.filter((id) => !/^[A-Za-z0-9]+$/.test(id))]).toEqual([ids.length, []]);
  });
});

test('who looks can change nothing', () => {
  const actions = read.statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => listOf(Action));
  // A change of visibility hides a letter for seconds, or shows it.
  const looks = /^\w+:(Get|BatchGet|Query|List|Describe|Simulate|ReceiveMessage$|ChangeMessageVisibility$)/;
  expect(actions.filter((action) => !looks.test(action))).toEqual([]);
});

test('nobody looks into the intake queue: receiving counts there', () => {
  const receive = { action: 'sqs:ReceiveMessage', resource: anInstallation.IntakeQueueArn, leadingKeys: [] };
  expect(isAllowed([read, operator, privacy], receive)).toBe(false);
});

test('the audit trail is added to, and by nobody changed', () => {
  for (const added of [operator, privacy]) {
    expect(isAllowed([read, added], table('PutItem', 'AUDIT#2026-03-02'))).toBe(true);
    for (const action of writes.slice(1)) expect(isAllowed([read, added], table(action, 'AUDIT#2026-03-02'))).toBe(false);
  }
  // Whatever else somebody is given.
  const all = { Sid: 'All', Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' } as const;
  const administrator: Policy = { name: 'all', bytes: 0, statements: [all] };
  for (const action of writes.slice(1))
    expect(isAllowed([read, operator, administrator], table(action, 'C#1', 'AUDIT#2026-03-02'))).toBe(false);
  expect(isAllowed([read, administrator], table('UpdateItem', 'AUDIT#2026-03-02'))).toBe(true);
});

test('an operator erases no conversation, and whoever erases moves nothing', () => {
  expect(isAllowed([read, operator], table('DeleteItem', 'C#1'))).toBe(false);
  expect(isAllowed([read, operator], table('BatchWriteItem', 'REDRIVE#1', 'C#1'))).toBe(false);
  expect(isAllowed([read, operator], table('PutItem', 'C#1'))).toBe(false);
  expect(isAllowed([read, privacy], table('BatchWriteItem', 'C#1', 'X#1'))).toBe(true);
  const send = { action: 'sqs:SendMessage', resource: anInstallation.IntakeQueueArn, leadingKeys: [] };
  expect([isAllowed([read, privacy], send), isAllowed([read, operator], send)]).toEqual([false, true]);
});

test("nobody has an execution resumed by Step Functions' own means", () => {
  const redrive = { action: 'states:RedriveExecution', resource: anInstallation.ExecutionArn, leadingKeys: [] };
  const all = { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' } as const;
  expect(isAllowed([read, { name: 'all', bytes: 0, statements: [all] }], redrive)).toBe(false);
});

test('a condition on keys does not hold for a request that names none', () => {
  for (const action of writes) expect(isAllowed([read, operator, privacy], table(action))).toBe(false);
});
