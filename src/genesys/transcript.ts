import type { DetailsAnswer, ExtraAnswer, Purpose, Refused, Unavailable } from '../core/genesys-answers';
import { isObject, objectsIn, textOrNull, type JsonObject } from '../core/json';
import type { Clock, ConversationExtra } from '../ports';
import type { GenesysClient } from './client';
import { isPathId } from './path-id';
import { readTranscripts } from './transcript-file';
import type { DownloadTranscript } from './transcript-download';

/*
 * conversation -> its communications (analytics) -> URLs of their transcripts -> files -> what the customer said
 *
 * A communication is a session: Genesys's public SDKs call it `communicationId`, and the sessions that analytics mark as recorded
 * are those that have a transcript, whatever has become of the recording itself (github.com/laggyzee/genesys-mcp, pull request 16,
 * seen on a live organisation). Nothing public says it of what is written: there the customer's own sessions are tried.
 */

const permission = 'recording:recording:view and speechAndTextAnalytics:data:view';

/** Each costs a request. A call that was passed on more often than that is rare. */
const mostCommunications = 10;

const written: ReadonlySet<string> = new Set(['chat', 'email', 'message']);
const customers: ReadonlySet<string> = new Set(['customer', 'external']);

const lowerCase = (value: unknown): string => (textOrNull(value) ?? '').toLowerCase();

const mayHaveTranscript = (participant: JsonObject, session: JsonObject): boolean =>
  session['recording'] === true ||
  (written.has(lowerCase(session['mediaType'])) && customers.has(lowerCase(participant['purpose'])));

const communicationsOf = (details: JsonObject): readonly string[] => {
  const ids = objectsIn(details['participants']).flatMap((participant) =>
    objectsIn(participant['sessions'])
      .filter((session) => mayHaveTranscript(participant, session))
      .map((session) => textOrNull(session['sessionId']) ?? ''),
  );
  return [...new Set(ids)].filter(isPathId);
};

/** One URL for each recording of the communication. */
const urlsIn = (body: unknown): readonly string[] =>
  objectsIn(isObject(body) ? body['urls'] : null).flatMap(({ url }) => textOrNull(url) ?? []);

/** `later`: the file host does not give them out now. */
type Files =
  | { readonly kind: 'files'; readonly bodies: readonly JsonObject[]; readonly isPartial: boolean }
  | { readonly kind: 'expired' | 'later' }
  | Refused
  | Unavailable;

const downloadAll = async (urls: readonly string[], download: DownloadTranscript, endsAtMs: number): Promise<Files> => {
  const bodies: JsonObject[] = [];
  for (const url of urls) {
    const file = await download(url, endsAtMs);
    if (file.kind === 'expired' || file.kind === 'later') return { kind: file.kind };
    if (file.kind === 'file') bodies.push(file.body);
  }
  return { kind: 'files', bodies, isPartial: bodies.length < urls.length };
};

interface Question {
  readonly conversationId: string;
  readonly purpose: Purpose;
  /** For all of it: whoever asks holds a lease. */
  readonly endsAtMs: number;
}

export interface TranscriptOutside {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly download: DownloadTranscript;
}

const reader = (client: GenesysClient, { clock, download }: TranscriptOutside) => {
  const filesOf = async (question: Question, communicationId: string): Promise<Files> => {
    const { conversationId, purpose, endsAtMs } = question;
    const path = `/api/v2/speechandtextanalytics/conversations/${conversationId}/communications/${communicationId}/transcripturls`;
    const answer = await client.send({ path, permission, resource: 'transcript', purpose, endsAtMs });
    if (answer.kind === 'ok') return downloadAll(urlsIn(answer.body), download, endsAtMs);
    if (answer.kind !== 'unacceptable') return answer;
    // Not transcribed, or not yet.
    return answer.status === 404 ? { kind: 'files', bodies: [], isPartial: false } : { kind: 'refused', why: answer.why };
  };

  /** Half a transcript is worse than a later one, so all are read or none. */
  return async (question: Question, communications: readonly string[]): Promise<Files> => {
    const bodies: JsonObject[] = [];
    let isPartial = communications.length > mostCommunications;
    for (const communicationId of communications.slice(0, mostCommunications)) {
      const first = await filesOf(question, communicationId);
      const files = first.kind === 'expired' ? await filesOf(question, communicationId) : first;
      // What takes longer than it may is no outage, and not to be waited out like one.
      if (files.kind === 'unavailable' && clock.monotonicMs() >= question.endsAtMs) return { kind: 'later' };
      if (files.kind !== 'files') return files;
      bodies.push(...files.bodies);
      isPartial ||= files.isPartial;
    }
    return { kind: 'files', bodies, isPartial };
  };
};

export const genesysTranscript = (
  client: GenesysClient,
  outside: TranscriptOutside,
  { timeoutMs }: { readonly timeoutMs: number },
): ConversationExtra => {
  const read = reader(client, outside);

  const answerOf = async (question: Question, known: DetailsAnswer): Promise<ExtraAnswer> => {
    if (known.kind !== 'complete' && known.kind !== 'incomplete') return known;
    const communications = communicationsOf(known.details);
    // Whoever hung up in the queue was not recorded, nor will be.
    if (communications.length === 0) return known.kind === 'complete' ? { kind: 'absent', isFinal: true } : { kind: 'absent' };
    const files = await read(question, communications);
    if (files.kind === 'refused' || files.kind === 'unavailable') return files;
    // A file host that cannot be reached, or turns down fresh URLs, must not hold up a handoff for ever.
    if (files.kind !== 'files' || files.bodies.length === 0) return { kind: 'absent' };
    return { kind: 'found', value: readTranscripts(files.bodies, files.isPartial) };
  };

  return {
    name: 'transcript',
    fetch: (conversationId, purpose, details) =>
      answerOf({ conversationId, purpose, endsAtMs: outside.clock.monotonicMs() + timeoutMs }, details),
  };
};
