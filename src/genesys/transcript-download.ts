import { isObject, type JsonObject } from '../core/json';
import type { Log } from '../ports';
import { createHttp, type HttpOutside, type HttpSettings } from './http';
import type { Reply } from './reply';

/*
 * The file behind a pre-signed URL lies in Amazon S3: another host, which gets no token, counts against no quota, and whose URL is a
 * key to what a customer said.
 */

export type Downloaded =
  | { readonly kind: 'file'; readonly body: JsonObject }
  /** A pre-signed URL lives for a short while: there is a new one for the asking. */
  | { readonly kind: 'expired' }
  /** Nothing there, or nothing that can be read. */
  | { readonly kind: 'nothing' }
  /** The host did not answer, or not now. */
  | { readonly kind: 'later' };

/** `endsAtMs`: when the file must be there, on the monotonic clock. */
export type DownloadTranscript = (url: string, endsAtMs: number) => Promise<Downloaded>;

/** An hour's call with the time of every word is about 3 MiB. */
const largestAnswerBytes = 32 * 1024 * 1024;

const nothing = (): void => undefined;
/** Host and path would be logged for any other request. */
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const judge = ({ status, body, isTooLarge }: Reply): Downloaded => {
  if (status === 200 && isObject(body)) return { kind: 'file', body };
  if (status === 200 || status === 404 || isTooLarge) return { kind: 'nothing' };
  // S3 says 403 for a request that has expired and 400 for a session that has.
  return { kind: status === 400 || status === 403 ? 'expired' : 'later' };
};

/** Only what nobody can read on the way; plain HTTP where the API itself is a stand-in of that kind. */
const isAllowed = (url: string, apiUrl: string): boolean =>
  URL.canParse(url) && (new URL(url).protocol === 'https:' || (new URL(url).protocol === 'http:' && apiUrl.startsWith('http:')));

export const transcriptDownload = (
  settings: HttpSettings & { readonly apiUrl: string },
  { clock, random, log }: HttpOutside,
): DownloadTranscript => {
  const send = createHttp({ largestAnswerBytes, ...settings }, { clock, random, log: silent, metrics: { add: nothing } });
  return async (url, endsAtMs) => {
    if (!isAllowed(url, settings.apiUrl)) return { kind: 'nothing' };
    const reply = await send({ method: 'GET', url, endsAtMs });
    const downloaded = judge(reply);
    if (downloaded.kind !== 'file')
      log.warn('A transcript could not be downloaded.', {
        status: reply.status,
        code: reply.code,
        isTooLarge: reply.isTooLarge,
      });
    return downloaded;
  };
};
