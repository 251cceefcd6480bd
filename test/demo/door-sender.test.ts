import { createHmac } from 'node:crypto';
import type { PlannedPost } from '../../localstack/demo/door/plan';
import { mintSecrets } from '../../localstack/demo/door/secrets';
import { openSender } from '../../localstack/demo/door/sender';
import { accepted, openFakeDoor, problem, type FakeAnswer, type FakePost } from './fake-door';

const secrets = mintSecrets();
const post: PlannedPost = { body: '{"a":"ü"}', key: 'k-1', proof: 'bearer', refused: null, again: false };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const doorOf = async (answerTo: (post: FakePost) => FakeAnswer | Promise<FakeAnswer>) => {
  const door = await openFakeDoor(answerTo);
  closers.push(door.close);
  return door;
};

const sendTo = async (doors: readonly string[], posts: readonly PlannedPost[], patienceMs = 10_000) => {
  const sender = openSender({ doors, secrets, patienceMs });
  for (const one of posts) await sender.send(one);
  return sender.posted();
};

/** One answer after the other; the last for ever. */
const inTurn = (...answers: readonly FakeAnswer[]) => {
  let next = 0;
  return (): FakeAnswer => answers[Math.min(next++, answers.length - 1)]!;
};

test('whoever is not told for good tries again, with the same key and the same body', async () => {
  const door = await doorOf(inTurn(problem(503, 'unavailable'), null, problem(429, 'too-many'), accepted('m-1')));
  const [posted] = await sendTo([door.url], [post]);
  expect(posted).toMatchObject({ attempts: 4, answer: { status: 200, messageId: 'm-1', problem: null } });
  const said = door.posts.map(({ headers, body }) => ({
    key: headers['x-idempotency-key'],
    type: headers['x-event-type'],
    body,
  }));
  expect(said).toEqual(Array.from({ length: 4 }, () => ({ key: 'k-1', type: 'v2.detail.events.conversation', body: post.body })));
});

test('a refusal is for good', async () => {
  const door = await doorOf(inTurn(problem(422, 'unknown-envelope'), accepted('m-1')));
  const [posted] = await sendTo([door.url], [post]);
  expect(posted).toMatchObject({ attempts: 1, answer: { status: 422, messageId: null, problem: 'unknown-envelope' } });
});

test('a 200 without an id is no acceptance', async () => {
  const door = await doorOf(() => ({ status: 200, body: { status: 'accepted' } }));
  expect(await sendTo([door.url], [post])).toMatchObject([{ answer: { status: 200, messageId: null } }]);
});

test('where one door is dead the other is taken', async () => {
  const [dead, alive] = [await doorOf(() => null), await doorOf(inTurn(accepted('m-1'), accepted('m-2')))];
  const posted = await sendTo([dead.url, alive.url], [post, post]);
  expect(posted.map(({ answer }) => answer?.messageId)).toEqual(['m-1', 'm-2']);
  expect(posted.map(({ attempts }) => attempts).toSorted()).toEqual([1, 2]);
});

test('whoever is never told gives up, and says so', async () => {
  const door = await doorOf(() => null);
  expect(await sendTo([door.url], [post], 0)).toMatchObject([{ attempts: 1, answer: null }]);
});

test('a post that is sent again is one more', async () => {
  const door = await doorOf(() => accepted('m-1'));
  const posted = await sendTo([door.url], [{ ...post, again: true }]);
  expect(posted.map(({ isAgain }) => isAgain)).toEqual([false, true]);
});

test('it is known what a door has in hand', async () => {
  let answer: (said: FakeAnswer) => void = () => undefined;
  const given = new Promise<FakeAnswer>((resolve) => (answer = resolve));
  const door = await doorOf(() => given);
  const sender = openSender({ doors: [door.url], secrets, patienceMs: 10_000 });
  const told: string[] = [];
  const quiet = sender.listen((url) => void told.push(url));
  const sent = [sender.send(post), sender.send(post)];
  expect(sender.inFlight(door.url)).toBe(2);
  answer(accepted('m-1'));
  await Promise.all(sent);
  quiet();
  await sender.send(post);
  expect(sender.inFlight(door.url)).toBe(0);
  expect(told).toEqual([door.url, door.url]);
});

test('each proof is what the documentation says, and no wrong one is right', async () => {
  const door = await doorOf(() => accepted('m-1'));
  const proofs = [
    'bearer',
    'signature',
    'nothing',
    'wrong-bearer',
    'wrong-signature',
    'signature-of-another-body',
    'old-signature',
  ];
  await sendTo(
    [door.url],
    proofs.map((proof) => ({ ...post, proof }) as PlannedPost),
  );
  const isRight = ({ headers, body }: FakePost): boolean => {
    const seconds = String(headers['x-tidemark-timestamp']);
    const hmac = createHmac('sha256', secrets.signing).update(`${seconds}.${body}`).digest('hex');
    const isSigned = headers['x-tidemark-signature'] === `v1=${hmac}` && Math.abs(Date.now() / 1000 - Number(seconds)) < 300;
    return isSigned || headers.authorization === `Bearer ${secrets.bearer}`;
  };
  expect(door.posts.map(isRight)).toEqual([true, true, false, false, false, false, false]);
});
