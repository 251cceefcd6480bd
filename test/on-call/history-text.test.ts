import { historyText } from '../../src/commands/dead-letters/history-text';
import { lettersProgress } from '../../src/commands/dead-letters/letters-progress';
import type { AuditEntry } from '../../src/core/on-call/audit';
import { operationsIn } from '../../src/core/on-call/audit-operation';
import { minute, noon } from '../factories';

const entry = (id: string, fields: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ id, atMs: noon, action: 'redrive', who: 'arn:aws:sts::000000000000:assumed-role/on-call/ada' },
  ...{ why: 'The type is filed now.', what: '--reason unknown-type', stage: 'begun' },
  ...fields,
});

test('the history is read as who did what when, why, and what it came to', () => {
  const operations = operationsIn([
    entry('b.000000', { atMs: minute(5), action: 'forget', conversationId: 'conversation-1' }),
    entry('a.000000', { job: 'job-17' }),
    entry('a.000001', { atMs: minute(1), stage: 'done', counts: { selected: 3, moved: 3 } }),
  ]);
  expect(historyText(operations, 30)).toBe(
    [
      '  when                   action    who                        came to',
      '  2026-01-05T12:00:00Z   redrive   assumed-role/on-call/ada   3 selected, 3 moved',
      '      --reason unknown-type',
      '      why: The type is filed now.',
      '      job job-17',
      '  2026-01-05T12:05:00Z   forget    assumed-role/on-call/ada   did not come to its end, or is still at it',
      '      --reason unknown-type',
      '      why: The type is filed now.',
      '      conversation conversation-1',
      '',
    ].join('\n'),
  );
});

test('what somebody else wrote into the trail moves no cursor', () => {
  const text = historyText(operationsIn([entry('a.000000', { who: 'x\u001b[2J', why: 'y\r\u202e', what: 'z\u0007' })]), 1);
  expect(text).not.toMatch(/[\u001b\r\u202e\u0007]/);
});

test('how far it is is said for a hundred letters and more, a tenth at a time where nobody watches', () => {
  const said: string[] = [];
  const terminal = { isWatched: false, err: (text: string) => void said.push(text) };
  const [few, many] = [99, 100].map((total) => lettersProgress(terminal as never, total));
  for (let done = 1; done <= 99; done++) few?.show(done);
  expect(said).toEqual([]);
  for (let done = 1; done <= 100; done++) many?.show(done);
  expect(said).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((done) => `${done} of 100\n`));
});
