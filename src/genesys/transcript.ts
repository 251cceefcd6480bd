import type { ExtraAnswer, Purpose, Refused, Unavailable } from '../core/genesys-answers';
import { isObject, objectsIn, textOrNull, type JsonObject } from '../core/json';
import type { ConversationDetails, ConversationExtra } from '../ports';
import type { ApiAnswer, GenesysClient } from './client';
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

type Files =
  { readonly kind: 'files'; readonly bodies: readonly JsonObject[] } | { readonly kind: 'expired' } | Refused | Unavailable;

const downloadAll = async (urls: readonly string[], download: DownloadTranscript): Promise<Files> => {
  const bodies: JsonObject[] = [];
  for (const url of urls) {
    const file = await download(url);
    if (file.kind === 'expired' || file.kind === 'unavailable') return file;
    if (file.kind === 'file') bodies.push(file.body);
  }
  return { kind: 'files', bodies };
};

const toFiles = async (answer: ApiAnswer, download: DownloadTranscript): Promise<Files> => {
  if (answer.kind === 'ok') return downloadAll(urlsIn(answer.body), download);
  if (answer.kind !== 'unacceptable') return answer;
  // Not transcribed, or not yet.
  return answer.status === 404 ? { kind: 'files', bodies: [] } : { kind: 'refused', why: answer.why };
};

const expiredTwice: Unavailable = {
  kind: 'unavailable',
  why: 'the file host of Genesys turned down two URLs of a transcript, the second one fresh',
  retryAfterMs: 60_000,
};

export const genesysTranscript = (
  client: GenesysClient,
  details: ConversationDetails,
  download: DownloadTranscript,
): ConversationExtra => {
  const filesOf = async (conversationId: string, communicationId: string, purpose: Purpose): Promise<Files> => {
    const path = `/api/v2/speechandtextanalytics/conversations/${conversationId}/communications/${communicationId}/transcripturls`;
    const ask = async () => toFiles(await client.send({ path, permission, resource: 'transcript', purpose }), download);
    const first = await ask();
    return first.kind === 'expired' ? ask() : first;
  };

  const read = async (conversationId: string, known: JsonObject, purpose: Purpose): Promise<ExtraAnswer> => {
    const communications = communicationsOf(known);
    const bodies: JsonObject[] = [];
    for (const communicationId of communications.slice(0, mostCommunications)) {
      const files = await filesOf(conversationId, communicationId, purpose);
      if (files.kind === 'expired') return expiredTwice;
      // Half a transcript is worse than a later one.
      if (files.kind !== 'files') return files;
      bodies.push(...files.bodies);
    }
    if (bodies.length === 0) return { kind: 'absent' };
    return { kind: 'found', value: readTranscripts(bodies, communications.length > mostCommunications) };
  };

  return {
    name: 'transcript',
    fetch: async (conversationId, purpose) => {
      // Among those of other conversations, this costs a small part of a request.
      const known = (await details.fetch([conversationId], purpose)).get(conversationId) ?? { kind: 'absent' };
      return known.kind === 'complete' || known.kind === 'incomplete' ? read(conversationId, known.details, purpose) : known;
    },
  };
};
