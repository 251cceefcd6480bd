import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryMessage } from '../src/commands/schemas/try-report';
import { tryText } from '../src/commands/schemas/try-text';
import { createSchemaRegistry } from '../src/core/schema-registry';
import { openSchemaRegistry, readSchemaFiles } from '../src/schema-files';
import { feedMessage } from './factories';
import { runHere } from './run-here';

/* `tidemark schemas try`, as its user meets it. */

const registry = openSchemaRegistry();
const show = (body: string): string => tryText(tryMessage(body, registry));

const event = (body: object, type: string): string =>
  JSON.stringify({ 'detail-type': type, detail: { eventBody: body, timestamp: '2026-01-05T12:00:00.000Z' } });

const samples = ['public', 'synthetic'].flatMap((name) =>
  readFileSync(join(__dirname, 'samples/genesys', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== ''),
);

test.each(samples.map((sample, at) => [at + 1, sample] as const))('sample %i fits on one screen', (_, sample) => {
  const lines = show(sample).split('\n');
  expect(lines.length).toBeLessThanOrEqual(50);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
});

test('an event is shown with its subject, version, drift, canonical event and what it sets in a record', () => {
  const text = show(JSON.stringify(feedMessage({ type: 'customer.start', body: { fresh: 'Jane' } })));
  expect(text).toMatch(/envelope +envelope\.eventbridge \(format genesys\); 1 event$/m);
  expect(text).toMatch(/drift +unknown-field \$\.fresh \("Xxxx"\)$/m);
  expect(text).toMatch(/no version knows all its fields$/m);
  expect(text).toMatch(/subject +v2\.detail\.events\.conversation\.customer\.start$/m);
  expect(text).toMatch(/version +v8, the newest$/m);
  expect(text).toMatch(/action +reconstruct: into the window of conversation conversation-1, read by mapper customer v1$/m);
  expect(text).toMatch(/canonical +.*conversationId "conversation-1"/);
  expect(text).toMatch(/^ {2}mediaType +"voice"$/m);
  expect(text).toMatch(/^admitted$/m);
});

test('of an event that is attached or passed on it says where it goes', () => {
  const sentiment = registry.eventSubjects.find(({ action }) => action === 'attach');
  const passed = registry.eventSubjects.find(({ action, format }) => action === 'pass' && format === 'genesys');
  expect(show(event({ conversationId: 'c' }, sentiment?.name ?? ''))).toContain(
    'into the record of conversation c if its window is open',
  );
  expect(show(event({}, passed?.name ?? ''))).toContain('published as it is; no record changes');
});

test('a mapper that nobody has written is said to be missing', () => {
  const acw = 'v2.detail.events.conversation.acw/subject.json';
  const files = readSchemaFiles().map((file) =>
    file.path === acw ? { ...file, content: { ...(file.content as object), mapper: 'nobody' } } : file,
  );
  const other = createSchemaRegistry(files, undefined, 'when-asked');
  const shown = tryText(tryMessage(JSON.stringify(feedMessage({ type: 'acw' })), other));
  expect(shown).toContain('where nothing is read of it: there is no mapper nobody');
});

test('wrappers are named, outermost first', () => {
  const inner = JSON.stringify(feedMessage({ type: 'customer.start' }));
  const failure = JSON.stringify({ requestPayload: JSON.parse(inner) as unknown });
  expect(show(JSON.stringify({ Type: 'Notification', Message: failure }))).toMatch(
    /wrapped in +envelope\.sns, envelope\.lambda-failure$/m,
  );
});

test('of an envelope with a bad entry the good ones are admitted, and it is set aside', () => {
  const details = ['conversation:state', 'never:heard:of'].map((name) => ({ name, timestamp: '2026-01-05T12:00:00Z', data: {} }));
  const text = show(
    JSON.stringify({
      type: 'v2.detail.events.conversation',
      createdTimestamp: '2026-01-05T12:00:01Z',
      data: { id: 'c', details },
    }),
  );
  expect(text).toContain('set aside, 1 of its events admitted: unknown-type');
  expect(text).toContain('tidemark schemas propose');
});

test('ten thousand entries still fit on one screen', () => {
  const details = Array.from({ length: 10_000 }, () => ({
    name: 'conversation:state',
    timestamp: '2026-01-05T12:00:00Z',
    odd: 1,
  }));
  const text = show(
    JSON.stringify({
      type: 'v2.detail.events.conversation',
      createdTimestamp: '2026-01-05T12:00:01Z',
      data: { id: 'c', details },
    }),
  );
  expect(text.split('\n').length).toBeLessThanOrEqual(60);
  expect(text).toContain('… and 9997 more events');
});

test('what would move the cursor or is no text is not printed', () => {
  const text = show(JSON.stringify(feedMessage({ type: 'customer.start', conversation: 'a\u001b[2J\u202Eb', media: '\u0007' })));
  expect(text).not.toMatch(/[\u001b\u0007\u202E]/);
});

describe('the command', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'try-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const tryFile = (content: string, ...args: readonly string[]) => {
    writeFileSync(join(folder, 'message.json'), content);
    return runHere('schemas', 'try', join(folder, 'message.json'), ...args);
  };

  test('answers 0 for an admitted message, 1 for a refused one with what to do next', async () => {
    const admitted = await tryFile(JSON.stringify(feedMessage({ type: 'customer.start' }), null, 2));
    expect([admitted.code, admitted.stderr]).toEqual([0, '']);
    const refused = await tryFile(event({ eventTime: 1 }, 'v2.detail.events.conversation.{id}.acw'));
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/refused: invalid\n +why +\$\.conversationId is required, came nothing\n/);
    const nonsense = await tryFile('nonsense');
    expect([nonsense.code, nonsense.stdout]).toEqual([1, expect.stringContaining('No schema admits it')]);
  });

  test('as JSON it has everything', async () => {
    const { stdout } = await tryFile(JSON.stringify(feedMessage({ type: 'customer.start' })), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ events: [{ event: { type: 'customer.start' } }], rejection: null, drift: [] });
  });

  test.each(['', `${samples[0] ?? ''}\n${samples[1] ?? ''}`])(
    'a file without a message, or with several, is for the caller to mend',
    async (content) => {
      const { code, stdout, stderr } = await tryFile(content);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('Expected one message in the file');
    },
  );

  test('a file that cannot be read is for the caller to mend', async () => {
    expect((await runHere('schemas', 'try', join(folder, 'nowhere'))).code).toBe(2);
  });
});
