import { createHash } from 'node:crypto';
import type { UnknownIds } from './analytics';
import { apiError, type Answer } from './errors';
import type { Question, Route } from './question';
import type { Switches } from './unverified';

/** The transcripts of one communication: one file for each of its recordings, in the schema that Genesys publishes. */
export interface Transcribed {
  readonly conversationId: string;
  readonly communicationId: string;
  readonly files: readonly unknown[];
}

interface State {
  readonly transcripts: readonly Transcribed[];
  readonly unknownIds: UnknownIds;
  readonly switches: Switches;
}

/** So long a URL is good. Reported of the real ones, not documented. */
const urlLifeMs = 3_600_000;

/** A customer's words, the same for the same communication. */
const synthesizeFile = (conversationId: string, communicationId: string): unknown => {
  const phrase = (participantPurpose: string, text: string, startTimeMs: number) => ({
    participantPurpose,
    text: text.toLowerCase(),
    decoratedText: text,
    startTimeMs,
    stability: 1,
  });
  return {
    conversationId,
    communicationId,
    mediaType: 'voice',
    transcripts: [
      {
        transcriptId: `${communicationId}-transcript`,
        language: 'en-us',
        startTime: 0,
        phrases: [
          phrase('internal', 'Thank you for calling, how may I help you?', 0),
          phrase('external', 'My parcel has not arrived.', 4_000),
          phrase('external', 'I have waited for a week!', 7_500),
        ],
      },
    ],
    participants: [],
  };
};

const transcribed = ({ transcripts, unknownIds }: State, conversationId: string, communicationId: string): Transcribed | null => {
  const known = transcripts.find((each) => each.conversationId === conversationId && each.communicationId === communicationId);
  if (known || unknownIds === 'absent') return known ?? null;
  return { conversationId, communicationId, files: [synthesizeFile(conversationId, communicationId)] };
};

const sign = (path: string, atMs: string): string => createHash('sha256').update(`${path}|${atMs}`).digest('hex');

interface Behind {
  readonly state: State;
  readonly nowMs: () => number;
}

const urlsOf = ({ state, nowMs }: Behind, { url }: Question, conversationId: string, communicationId: string): Answer => {
  const known = transcribed(state, conversationId, communicationId);
  if (!known && state.switches.noTranscript === 'not-found')
    return apiError('not.found', 'The requested resource was not found.');
  const atMs = String(nowMs());
  const urls = (known?.files ?? []).map((_, index) => {
    const path = `/transcript-files/${encodeURIComponent(conversationId)}/${encodeURIComponent(communicationId)}/${index}`;
    const signed = new URLSearchParams({ 'X-Amz-Date': atMs, 'X-Amz-Signature': sign(path, atMs) }).toString();
    return { recording: { id: `${communicationId}-${index}` }, url: `${url.origin}${path}?${signed}` };
  });
  return { status: 200, body: { conversation: { id: conversationId }, communicationId, urls } };
};

/** Amazon S3's error body, as far as a client that is refused can see. */
const s3Error = (status: number, code: string): Answer => ({
  status,
  text: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`,
  headers: { 'Content-Type': 'application/xml' },
});

/** S3 takes one proof of who asks: a signed URL and a token at once are refused. */
const fileOf = ({ state, nowMs }: Behind, { url, headers }: Question, of: readonly string[]): Answer => {
  const [conversationId = '', communicationId = '', index = ''] = of;
  const atMs = url.searchParams.get('X-Amz-Date') ?? '';
  if (headers.authorization !== undefined) return s3Error(400, 'InvalidArgument');
  if (url.searchParams.get('X-Amz-Signature') !== sign(url.pathname, atMs)) return s3Error(403, 'SignatureDoesNotMatch');
  if (nowMs() - Number(atMs) >= urlLifeMs) return s3Error(403, 'AccessDenied');
  const file = transcribed(state, conversationId, communicationId)?.files[Number(index)];
  return file === undefined ? s3Error(404, 'NoSuchKey') : { status: 200, body: file };
};

export const transcriptRoutes = (behind: Behind): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/api\/v2\/speechandtextanalytics\/conversations\/([^/]+)\/communications\/([^/]+)\/transcripturls$/,
    // The public SDKs name the first two alone, of which one is enough; the call's own family asks for the third.
    permissions: ['recording:recording:view', 'recording:recordingSegment:view'],
    allPermissions: ['speechAndTextAnalytics:data:view'],
    answer: (question, conversationId = '', communicationId = '') => urlsOf(behind, question, conversationId, communicationId),
  },
  {
    method: 'GET',
    path: /^\/transcript-files\/([^/]+)\/([^/]+)\/(\d+)$/,
    permissions: [],
    isOpen: true,
    answer: (question, ...of) => fileOf(behind, question, of),
  },
];
