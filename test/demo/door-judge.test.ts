import type { Answer } from '../../localstack/demo/door/attempt';
import type { PlannedPost } from '../../localstack/demo/door/plan';
import type { Posted } from '../../localstack/demo/door/sender';
import { judgeDoor } from '../../localstack/demo/judge/door';
import { judge } from '../../localstack/demo/judge/verdict';
import type { PlannedMessage } from '../../localstack/traffic/traffic';
import { aRevision, evidenceOf, plan } from './evidence';

const message = (body: string, rejects?: PlannedMessage['rejects']): PlannedMessage => ({
  ...{ wave: 1, body, kind: 'good', conversationId: 'c-1', facts: [] },
  ...(rejects && { rejects }),
});

const waves = [[message('{"n":1}'), message('{"n":2}'), message('{"n":2}'), message('no JSON', { reason: 'not-json' })]];

const answer = (fields: Partial<Answer>): Answer => ({
  ...{ status: 200, messageId: null, problem: null, retryAfter: null, text: '' },
  ...fields,
});
const taken = (messageId: string): Answer => answer({ messageId });
const no = (status: number, problem: string | null): Answer => answer({ status, problem });

const post = (body: string, fields: Partial<PlannedPost> = {}): PlannedPost => ({
  ...{ body, key: 'c-1', proof: 'bearer', refused: null, again: false },
  ...fields,
});
const posted = (about: PlannedPost, said: Answer | null, isAgain = false): Posted => ({
  ...{ post: about, answer: said, attempts: 1, isAgain },
});

const [one, two] = [post('{"n":1}'), post('{"n":2}')];
const bad = post('no JSON', { refused: { status: 400, problem: 'not-json' } });
const stranger = post('{"n":3}', { key: 's-1', proof: 'wrong-bearer', refused: { status: 401, problem: 'unauthenticated' } });

const right: readonly Posted[] = [
  posted(one, taken('m-1')),
  posted(one, taken('m-1'), true),
  posted(two, taken('m-2')),
  posted(two, taken('m-2')),
  posted(bad, no(400, 'not-json')),
  posted(stranger, no(401, 'unauthenticated')),
];

/** All as it must be but for one. */
const saidOf = (index: number, wrong: readonly Posted[], keysMissed = 0): string =>
  judgeDoor({ waves }, { posted: right.toSpliced(index, 1, ...wrong), keysMissed })
    .map(({ what }) => what)
    .join('\n');

test('a door that says what it must say has no differences', () => {
  expect(judgeDoor({ waves }, { posted: right, keysMissed: 0 })).toEqual([]);
});

test.each([
  [
    'a post was never accepted',
    0,
    [posted(one, no(503, 'unavailable'))],
    'expected 200 with the id of a message, got 503 unavailable',
  ],
  ['no answer came', 0, [posted(one, null)], 'got no answer'],
  ['an acceptance has no id', 0, [posted(one, answer({}))], 'got 200 without an id'],
  ['a message was not posted', 0, [], 'expected 3 posts to be accepted, each as often as it was planned; got 2'],
  ['something else was accepted', 0, [posted(post('{"n":9}'), taken('m-1'))], 'and 2 bodies another number of times'],
  [
    'a post that was sent again has another id',
    1,
    [posted(one, taken('m-9'), true)],
    'expected each to have the id that it had, got another for 1',
  ],
  ['two bodies have one id', 0, [posted(one, taken('m-2'))], 'expected an id of its own, got that of another body'],
  ['a bad one was accepted', 4, [posted(bad, taken('m-3'))], 'expected 400 not-json, got 200'],
  ['a bad one was refused for another reason', 4, [posted(bad, no(400, 'not-text'))], 'expected 400 not-json, got 400 not-text'],
  ['a refusal is no problem', 4, [posted(bad, no(400, null))], 'expected 400 not-json, got 400'],
  ['a stranger was let in', 5, [posted(stranger, taken('m-3'))], 'with wrong-bearer, SHA-256'],
])('it is missed when %s', (_, index, wrong, complaint) => {
  expect(saidOf(index, wrong)).toContain(complaint);
});

test('as many posts may have another id as keys could not be looked up, and no more', () => {
  const another = [posted(one, taken('m-9'), true)];
  expect(saidOf(1, another, 1)).toBe('');
  expect(saidOf(1, [...another, posted(one, taken('m-8'), true)], 1)).toContain(
    'got another for 2; 1 keys could not be looked up',
  );
});

test('without a key the same body is two messages', () => {
  const keyless = posted(post('{"n":1}', { key: null }), taken('m-7'), true);
  expect(saidOf(1, [keyless])).toBe('');
});

test('nothing of a post is quoted', () => {
  expect(saidOf(0, [posted(one, null)])).not.toContain(one.body);
});

test('the verdict on a run that came over HTTP has the door’s differences', () => {
  const evidence = evidenceOf(aRevision());
  expect(judge({ ...plan, waves }, { ...evidence, door: { posted: right, keysMissed: 0 } })).toEqual([]);
  expect(judge({ ...plan, waves }, { ...evidence, door: { posted: right.slice(1), keysMissed: 0 } })).toMatchObject([
    { where: 'ingest' },
  ]);
});
