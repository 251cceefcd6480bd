import { describeDifferences, judge, type Evidence } from '../../localstack/demo/judge/verdict';
import type { Observed } from '../../localstack/demo/observe';
import { aRevision, caller, evidenceOf, executionOf, letter, passedOn, plan, secret, writeOf } from './evidence';

const revision = aRevision();
const perfect = evidenceOf(revision);

/** What is said of a run in which only this is different. */
const verdictOn = (observed: Partial<Observed>, others: Partial<Evidence> = {}): string =>
  describeDifferences(judge(plan, { ...perfect, ...others, observed: { ...perfect.observed, ...observed } }), plan);

test('a run in which all is as it must be has no differences', () => {
  expect(judge(plan, perfect)).toEqual([]);
});

describe('an execution is missed when', () => {
  test.each([
    ['none was started', [], 'expected one of its name, got 0'],
    ['it failed', [executionOf(revision, { status: 'FAILED' })], 'expected it to have succeeded, it has FAILED'],
    [
      'it got other bytes',
      [executionOf(revision, { input: `{"more":1,${revision.outbox.execution!.input.slice(1)}` })],
      'the bytes of its record',
    ],
    [
      'another ran for the same revision',
      [executionOf(revision), executionOf(revision, { name: 'twice' })],
      'got twice for revision 1',
    ],
  ])('%s', (_, executions, complaint) => {
    expect(verdictOn({ executions })).toContain(complaint);
  });

  test.each([
    ['its call details are not what Genesys serves', { callDetails: {} }, 'expected what Genesys serves'],
    ['its call details are said to be absent', { callDetailsStatus: 'absent' }, 'expected complete, got absent'],
    [
      'its identities are not those of the record',
      { identities: [{ kind: 'user', id: 'user-1', participantIds: [] }] },
      'expected each user and contact of the record once',
    ],
    ['a field of the input is missing', { timestamp: undefined }, 'input: expected callDetails,'],
    ['its record is not the one that was stored', { record: {} }, 'expected the record, got another'],
  ])('%s', (_, change, complaint) => {
    const input = JSON.stringify({ ...(JSON.parse(revision.outbox.execution!.input) as object), ...change });
    const spoilt = { ...revision, outbox: { ...revision.outbox, execution: { ...revision.outbox.execution!, input } } };
    expect(describeDifferences(judge(plan, evidenceOf(spoilt)), plan)).toContain(complaint);
  });

  test('its name is another than the documented one', () => {
    const spoilt = { ...revision, outbox: { ...revision.outbox, execution: { ...revision.outbox.execution!, name: 'random' } } };
    expect(describeDifferences(judge(plan, evidenceOf(spoilt)), plan)).toContain('expected its documented name, got random');
  });
});

describe('CRM and tickets are wrong when', () => {
  const [first, second] = [revision, aRevision({ revision: 2, supersedes: 1, pane: 'late', changed: ['lifecycle'] })];
  const [older, newer] = [writeOf(first), writeOf(second)];
  const right = evidenceOf(first, second).observed;
  const both = { entries: [older, newer], tickets: [older, newer] };
  const saidOf = (written: object, executions = right.executions): string =>
    describeDifferences(judge(plan, { ...perfect, observed: { ...right, executions, written: { ...both, ...written } } }), plan);

  test.each([
    ['an older revision has the last word', { tickets: [newer, older] }, 'ticket: expected none older after revision 2'],
    ['the newest never came', { tickets: [older] }, 'ticket: expected revision 2 of life'],
    ['the entry in the CRM is missing', { entries: [] }, 'CRM entry: expected revision 2'],
    ['the entry in the CRM is an older one', { entries: [older] }, 'CRM entry: expected revision 2'],
    [
      'a sentiment came of no transcript',
      { tickets: [older, { ...newer, sentiments: ['NEUTRAL'] }] },
      'expected sentiments of 0 texts, got 1',
    ],
    [
      'a key is that of another',
      { tickets: [older, { ...newer, idempotencyKey: 'hash/x/1/step' }] },
      'expected a key of revision 2',
    ],
    ['somebody unknown has one', { tickets: [older, newer, { ...older, conversationId: 'nobody' }] }, 'there is no record'],
  ])('%s', (_, written, complaint) => {
    expect(saidOf(written)).toContain(complaint);
  });

  test('a transcript came and no sentiment of it', () => {
    const { input, ...execution } = executionOf(second);
    const withTranscript = {
      ...execution,
      input: JSON.stringify({
        ...(JSON.parse(input) as object),
        transcript: { status: 'complete', language: 'en-us', texts: ['Hello.'] },
      }),
    };
    expect(saidOf({}, [executionOf(first), withTranscript])).toContain('expected sentiments of 1 texts, got none');
  });
});

describe('a record is wrong when', () => {
  const second = (fields = {}) => aRevision({ revision: 2, supersedes: 1, pane: 'late', changed: ['lifecycle'], ...fields });

  test.each([
    ['there is none', [], 'record: expected one, got none'],
    ['it says something else than what happened', [aRevision({ eventCount: 2 })], 'eventCount: expected 1, got 2'],
    ['its first revision is late', [aRevision({ pane: 'late' })], 'pane: expected "on_time", got "late"'],
    ['a revision is skipped', [second()], 'revision 1, revision: expected 1, got 2'],
    ['its second revision is on time', [revision, second({ pane: 'on_time' })], 'pane: expected "late"'],
    ['its second revision replaces nothing', [revision, second({ supersedes: null })], 'supersedes: expected 1, got null'],
    ['its second revision does not say what changed', [revision, second({ changed: [] })], 'changed names fields: expected true'],
    ['its life changes', [revision, second({ life: '0mjuohs000000002' })], 'revision 2, life'],
  ])('%s', (_, revisions, complaint) => {
    expect(describeDifferences(judge(plan, evidenceOf(...revisions)), plan)).toContain(complaint);
  });

  test('a revision that nothing new called for costs an execution, which is counted', () => {
    expect(describeDifferences(judge(plan, evidenceOf(revision, second())), plan)).toContain('at most 1.05, got 2.000');
  });

  test('nobody sent an event of its conversation', () => {
    const stranger = aRevision({ conversationId: 'stranger' });
    const records = new Map([...perfect.observed.records, ['stranger', [stranger]]]);
    expect(verdictOn({ records })).toContain('expected none, nobody sent a good event of it');
  });

  test('its window is not closed', () => {
    const heads = perfect.observed.heads.map((head) => ({ ...head, state: 'parked' as const, lastError: 'Broken.' }));
    expect(verdictOn({ heads })).toContain('expected it to be closed, it is parked (Broken.)');
  });
});

describe('a message is missed when', () => {
  test.each([
    ['a bad one was not set aside', [], 'expected not-json, got nothing'],
    ['a dead letter is not byte for byte what came', [letter('no JSON at all ')], 'expected not-json, got nothing'],
    ['its reason is another', [letter(undefined, 'invalid')], 'expected not-json, got invalid'],
    ['a good one was set aside', [letter(), letter('{}', 'invalid')], 'expected none, got invalid'],
  ])('%s', (_, deadLetters, complaint) => {
    expect(verdictOn({ deadLetters })).toContain(complaint);
  });

  test('a dead letter that comes twice is no difference', () => {
    expect(judge(plan, { ...perfect, observed: { ...perfect.observed, deadLetters: [letter(), letter()] } })).toEqual([]);
  });

  test('a notification that comes twice is no difference', () => {
    const published = [...perfect.observed.published, ...perfect.observed.published];
    expect(judge(plan, { ...perfect, observed: { ...perfect.observed, published } })).toEqual([]);
  });

  test.each([
    ['a record was not published', [], 'revision 1: expected it to be published'],
    ['other bytes than the record were published', [...perfect.observed.published, { body: '{}', attributes: {} }], 'got others'],
    ['an event was not passed on', perfect.observed.published.slice(0, 1), 'as v2.quality.evaluations, got nothing'],
    ['an event that nobody sent was passed on', [...perfect.observed.published, passedOn('e-2')], 'got others'],
    ['an event was passed on as another', [...perfect.observed.published, passedOn('e-1', 'v2.users.presence')], 'got others'],
  ])('%s', (_, published, complaint) => {
    expect(verdictOn({ published })).toContain(complaint);
  });
});

test('an attached event is missed when no record carries it and it was not published', () => {
  const subject = 'v2.speechandtextanalytics.conversation.sentiment';
  const body = JSON.stringify({ detail: { eventBody: { id: 'm-1' } } });
  const mood = { type: 'any', subject, schemaVersion: 1, eventTime: null, fingerprint: 'f-1', body: { id: 'm-1' } };
  const missed = (evidence: Evidence): string =>
    describeDifferences(judge({ ...plan, attached: [{ body, subject }] }, evidence), plan);
  expect(missed(perfect)).toContain('expected a record with it, or it to be published');
  expect(missed(evidenceOf(aRevision({ attached: [mood] })))).not.toContain('expected a record with it');
  const published = [...perfect.observed.published, passedOn('m-1', subject)];
  expect(judge({ ...plan, attached: [{ body, subject }] }, { ...perfect, observed: { ...perfect.observed, published } })).toEqual(
    [],
  );
});

describe('a leak is found', () => {
  const base64 = Buffer.from(`Basic demo:${secret}`).toString('base64');
  const percent = Array.from(secret, (letterOf) => `%${letterOf.charCodeAt(0).toString(16)}`).join('');

  test.each([
    ['plain', secret],
    ['in base64', base64],
    ['URL-encoded', percent],
  ])('%s', (_, text) => {
    const outputs = [{ name: 'worker-1', text: `{"message":"token refused","request":"${text}"}` }];
    const verdict = verdictOn({}, { outputs });
    expect(verdict).toContain('expected nothing of customers and no secret, got a secret');
    expect(verdict).not.toContain(secret);
  });

  test('in the story of a dead letter', () => {
    const attributes = { ...letter().attributes, 'tidemark-detail': `expected a time, got ${caller}` };
    expect(verdictOn({ deadLetters: [{ ...letter(), attributes }] })).toContain('got a number of');
  });

  test('and what a difference quotes is masked', () => {
    const executions = [executionOf(revision), executionOf(revision, { name: `named-after-${caller}` })];
    const verdict = verdictOn({ executions });
    expect(verdict).toContain('named-after-•••');
    expect(verdict).not.toContain(caller);
  });
});

test('a worker that does not exit with 0 is a difference', () => {
  const exits = [{ name: 'worker-1', exit: 'SIGKILL' }];
  expect(verdictOn({}, { exits })).toContain('expected 0, got SIGKILL');
});

test('at most twenty differences are shown, and the rest counted', () => {
  const deadLetters = [letter(), ...Array.from({ length: 25 }, (_, index) => letter(`stranger ${index}`, 'invalid'))];
  expect(verdictOn({ deadLetters })).toMatch(
    /^What is not as it must be \(25\):\n {2}dead letters\n( {4}.*\n){20} {2}and 5 more$/,
  );
});
