import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from '../../localstack/embedded/genesys/server';
import { createGenesysClient } from '../../src/genesys/client';
import type { DetailsAnswer } from '../../src/core/genesys-answers';
import { objectsIn, type JsonObject } from '../../src/core/json';
import { genesysTranscript } from '../../src/genesys/transcript';
import { transcriptDownload } from '../../src/genesys/transcript-download';
import { anOutside } from './outside';

const client = { id: 'client-1', secret: 'canary-secret-3307' };
let genesys: FakeGenesys;

afterEach(() => genesys.close());

const session = (sessionId: string, recording = true, mediaType = 'voice') => ({ sessionId, recording, mediaType });

const conversation = (...sessions: readonly JsonObject[]): JsonObject => ({
  conversationId: 'c-1',
  conversationStart: '2026-01-05T09:00:00.000Z',
  conversationEnd: '2026-01-05T09:05:00.000Z',
  participants: [{ purpose: 'customer', sessions }],
});

const said = (text: string, participantPurpose = 'external') => ({ text, participantPurpose });

const file = (transcriptId: string, phrases: readonly unknown[], more: object = {}) => ({
  conversationId: 'c-1',
  transcripts: [{ transcriptId, language: 'en-us', phrases, ...more }],
});

const transcribed = (communicationId: string, ...files: readonly unknown[]) => ({
  conversationId: 'c-1',
  communicationId,
  files,
});

const complete = (details: JsonObject): DetailsAnswer => ({ kind: 'complete', details });

const start = async (options: Partial<FakeGenesysOptions> = {}, timeoutMs = 10_000) => {
  const { outside, clock, lines } = anOutside(client.id, client.secret);
  let known = complete(conversation(session('s-1')));
  genesys = await startFakeGenesys({ clients: [client], nowMs: clock.nowMs, unknownIds: 'absent', ...options });
  const settings = { apiUrl: genesys.url, loginUrl: genesys.url, timeoutMs, retryDelayMs: () => 0 };
  const api = createGenesysClient(settings, outside);
  const download = transcriptDownload({ ...settings, largestAnswerBytes: 1_000_000 }, outside);
  const transcript = genesysTranscript(api, { clock, download }, settings);
  const requests = (path: string) => genesys.control.requests().filter(({ url }) => url.includes(path));
  return {
    fetch: () => transcript.fetch('c-1', 'live', known),
    lines,
    clock,
    analytics: (answer: DetailsAnswer) => void (known = answer),
    questions: () => requests('/transcripturls'),
    downloads: () => requests('/transcript-files'),
  };
};

test('a transcript is what the customer said, in its own words and order', async () => {
  const phrases = [
    said('hello', 'internal'),
    { ...said('my parcel'), decoratedText: 'My parcel!' },
    said('is late', 'External'),
    said('press one', 'ivr'),
    said('bye', 'customer'),
  ];
  const { fetch } = await start({ transcripts: [transcribed('s-1', file('t-1', phrases))] });
  expect(await fetch()).toEqual({
    kind: 'found',
    value: { language: 'en-us', texts: ['My parcel! is late bye'], truncated: false, phrases: 3 },
  });
});

test('every recording of every recorded communication is read once, in the order in which they began', async () => {
  const later = file('t-2', [said('two')], { startTime: 2_000 });
  const earlier = file('t-1', [said('one')], { startTime: 1_000, language: null });
  const { fetch, analytics, questions, downloads } = await start({
    transcripts: [transcribed('s-1', later, earlier), transcribed('s-2', later), transcribed('s-3', later)],
  });
  analytics(complete(conversation(session('s-1'), session('s-2'), session('s-2'), session('s-3', false))));
  expect(await fetch()).toEqual({
    kind: 'found',
    value: { language: 'en-us', texts: ['one two'], truncated: false, phrases: 2 },
  });
  expect(questions()).toHaveLength(2);
  expect(downloads()).toHaveLength(3);
});

test("of what is written, the customer's own session is asked for", async () => {
  const written = conversation(session('s-1', false, 'message'), session('s-2', false, 'cobrowse'));
  const agents = { purpose: 'agent', sessions: [session('s-3', false, 'message')] };
  const { fetch, analytics, questions } = await start({
    transcripts: [transcribed('s-1', file('t-1', [said('where is it')]))],
  });
  analytics(complete({ participants: [...objectsIn(written['participants']), agents] }));
  expect(await fetch()).toMatchObject({ kind: 'found', value: { texts: ['where is it'] } });
  expect(questions().map(({ url }) => /s-\d/.exec(url)?.[0])).toEqual(['s-1']);
});

test.each(['not-found', 'empty-list'] as const)('a late transcript is absent until it is there (%s)', async (noTranscript) => {
  const { fetch } = await start({ switches: { noTranscript } });
  expect(await fetch()).toEqual({ kind: 'absent' });
  genesys.control.transcripts([transcribed('s-1', file('t-1', [said('hello')]))]);
  expect(await fetch()).toMatchObject({ kind: 'found', value: { texts: ['hello'] } });
});

test('a conversation without a recording costs no question about transcripts; once it is over, there will never be one', async () => {
  const { fetch, analytics, questions } = await start();
  const unrecorded = [conversation(session('s-1', false)), conversation(), { participants: null }, conversation(session('..'))];
  for (const details of unrecorded) {
    analytics({ kind: 'incomplete', details });
    expect(await fetch()).toEqual({ kind: 'absent' });
    analytics(complete(details));
    expect(await fetch()).toEqual({ kind: 'absent', isFinal: true });
  }
  expect(questions()).toEqual([]);
});

test('what analytics answer without details is the answer', async () => {
  const { fetch, analytics, questions } = await start();
  const answers: readonly DetailsAnswer[] = [
    { kind: 'absent' },
    { kind: 'refused', why: 'no role' },
    { kind: 'unavailable', why: 'down', retryAfterMs: 7 },
  ];
  for (const answer of answers) {
    analytics(answer);
    expect(await fetch()).toEqual(answer);
  }
  expect(questions()).toEqual([]);
});

test('a silent customer has a transcript without texts', async () => {
  const { fetch } = await start({ transcripts: [transcribed('s-1', file('t-1', [said('hello?', 'internal')]))] });
  expect(await fetch()).toEqual({
    kind: 'found',
    value: { language: 'en-us', texts: [], truncated: false, phrases: 0 },
  });
});

test('a conversation that was passed on very often is cut off, and it is said', async () => {
  const ids = Array.from({ length: 14 }, (_, index) => `s-${index}`);
  const { fetch, analytics, questions } = await start({
    transcripts: ids.map((id) => transcribed(id, file(`t-${id}`, [said(id)]))),
  });
  analytics(complete(conversation(...ids.map((id) => session(id)))));
  expect(await fetch()).toMatchObject({ kind: 'found', value: { truncated: true, phrases: 10 } });
  expect(questions()).toHaveLength(10);
});

test('the file host gets no token, and no URL of a transcript and no word of it is in a log line', async () => {
  const { fetch, lines } = await start({ transcripts: [transcribed('s-1', file('t-1', [said('canary-word')]))] });
  genesys.control.faults([
    { answer: 403, path: 'transcript-files' },
    { answer: 'cut', path: 'transcript-files' },
  ]);
  // The fake refuses a token as Amazon S3 does.
  expect(await fetch()).toMatchObject({ kind: 'found' });
  const text = lines.join();
  expect(text).toContain('A transcript could not be downloaded.');
  expect(text).not.toMatch(/canary|X-Amz|transcript-files|bearer/i);
});

test('a URL that has expired is asked for anew, once', async () => {
  const { fetch, questions } = await start({ transcripts: [transcribed('s-1', file('t-1', [said('hello')]))] });
  genesys.control.faults([{ answer: 403, path: 'transcript-files' }]);
  expect(await fetch()).toMatchObject({ kind: 'found', value: { texts: ['hello'] } });
  expect(questions()).toHaveLength(2);
  genesys.control.faults([{ answer: 400, path: 'transcript-files', times: 2 }]);
  expect(await fetch()).toEqual({ kind: 'absent' });
  expect(questions()).toHaveLength(4);
});

test.each(['broken-json', 'html', 'empty', 'list', 'huge', 404] as const)(
  'a file that is %s is as good as none, and the others are read',
  async (fault) => {
    const { fetch } = await start({ transcripts: [transcribed('s-1', file('t-1', [said('one')]), file('t-2', [said('two')]))] });
    genesys.control.faults([{ answer: fault, path: 'transcript-files' }]);
    expect(await fetch()).toMatchObject({ kind: 'found', value: { texts: ['two'], truncated: true } });
    genesys.control.faults([{ answer: fault, path: 'transcript-files', times: 2 }]);
    expect(await fetch()).toEqual({ kind: 'absent' });
  },
);

test.each([[503], ['hang'], ['cut'], [307], ['half']] as const)(
  'half a transcript is not handed on, and a file host that answers %s is not waited out like Genesys',
  async (fault) => {
    const { fetch } = await start(
      { transcripts: [transcribed('s-1', file('t-1', [said('one')]), file('t-2', [said('two')]))] },
      500,
    );
    genesys.control.faults([{ answer: fault, path: '/1$', times: 3 }]);
    expect(await fetch()).toEqual({ kind: 'absent' });
  },
);

test('what takes longer than it may is not waited out like an outage', async () => {
  const { fetch, clock } = await start({ transcripts: [transcribed('s-1', file('t-1', [said('one')]))] });
  const answer = fetch();
  await clock.advance(60_000);
  expect(await answer).toEqual({ kind: 'absent' });
});

test.each([[429], [503]] as const)('the API that answers %s is a matter of time', async (fault) => {
  const { fetch } = await start();
  genesys.control.faults([{ answer: fault, path: 'transcripturls', times: 3 }]);
  expect(await fetch()).toMatchObject({ kind: 'unavailable' });
});

test('a missing permission is refused by its name', async () => {
  const { fetch } = await start({ clients: [{ ...client, permissions: [] }], switches: { missingPermission: 'not.authorized' } });
  expect(await fetch()).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('recording:recording:view and speechAndTextAnalytics:data:view') as string,
  });
});

test('files of another make cost nothing', async () => {
  const odd = [
    { transcripts: null },
    { transcripts: [null, { transcriptId: null, phrases: 'none' }, { phrases: [null, {}, { participantPurpose: 'external' }] }] },
    file('t-1', [{ participantPurpose: null, text: 'x' }, { participantPurpose: 'external', text: 7 }, said('heard')]),
  ];
  const { fetch } = await start({ transcripts: [transcribed('s-1', ...odd)] });
  expect(await fetch()).toEqual({
    kind: 'found',
    value: { language: 'en-us', texts: ['heard'], truncated: false, phrases: 1 },
  });
});

test('a URL that is not encrypted is not followed', async () => {
  const { outside } = anOutside();
  genesys = await startFakeGenesys({ clients: [client] });
  const download = transcriptDownload({ apiUrl: 'https://api.mypurecloud.ie', timeoutMs: 1_000 }, outside);
  for (const url of [`${genesys.url}/transcript-files/c/s/0`, 'file:///etc/passwd', 'ftp://host/file', 'no url', ''])
    expect(await download(url, Infinity)).toEqual({ kind: 'nothing' });
  expect(genesys.control.requests()).toEqual([]);
});
