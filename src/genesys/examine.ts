import { isObject, textOrNull } from '../core/json';
import type { ExtraName, GenesysResource } from '../core/genesys-answers';
import type { GenesysFeature, GenesysReply, GenesysSeen } from '../ports-doctor';
import { createGenesysClient, type ApiAnswer, type GenesysClient, type GenesysOutside, type GenesysSettings } from './client';
import { createHttp } from './http';
import { createTokenSource } from './token';

/*
 * Whether Genesys would answer a worker: a token, the organisation, and one harmless question for each permission, about a
 * conversation that nobody has. An answer that there is none grants as well as any; a 403 names what is missing.
 */

const nobody = '00000000-0000-4000-8000-000000000000';

interface Probe {
  /** The variable that switches it on. */
  readonly feature: string;
  readonly permission: string;
  readonly path: string;
  readonly resource: GenesysResource;
}

const speech = '/api/v2/speechandtextanalytics/conversations';

const ofDetails: Probe = {
  feature: 'CALL_DETAILS',
  permission: 'analytics:conversationDetail:view',
  path: `/api/v2/analytics/conversations/details?id=${nobody}`,
  resource: 'details',
};

const ofExtra: Readonly<Record<ExtraName, Probe>> = {
  participantAttributes: {
    feature: 'PARTICIPANT_ATTRIBUTES',
    permission: 'conversation:communication:view',
    path: `/api/v2/conversations/${nobody}`,
    resource: 'conversation',
  },
  transcript: {
    feature: 'TRANSCRIPT',
    permission: 'recording:recording:view and speechAndTextAnalytics:data:view',
    path: `${speech}/${nobody}/communications/${nobody}/transcripturls`,
    resource: 'transcript',
  },
  sentiment: {
    feature: 'SENTIMENT',
    permission: 'speechAndTextAnalytics:data:view',
    path: `${speech}/${nobody}`,
    resource: 'sentiment',
  },
};

const ofNames: readonly Probe[] = (
  [
    ['queues', 'routing:queue:view'],
    ['wrapupcodes', 'routing:wrapupCode:view'],
  ] as const
).map(([what, permission]) => ({
  feature: `RESOLVE_NAMES (${what})`,
  permission,
  path: `/api/v2/routing/${what}?pageSize=1&pageNumber=1`,
  resource: 'names',
}));

const granted: GenesysReply = { kind: 'granted', why: '' };

const replyOf = (answer: Exclude<ApiAnswer, { readonly kind: 'ok' }>): GenesysReply => {
  if (answer.kind === 'unacceptable') return { kind: 'refused', why: answer.why };
  return { kind: answer.kind === 'refused' ? 'refused' : 'silent', why: answer.why };
};

const askProbe = async (client: GenesysClient, { feature, ...request }: Probe): Promise<GenesysFeature> => {
  const answer = await client.send({ ...request, purpose: 'reconciliation' });
  const isAnswered = answer.kind === 'ok' || answer.kind === 'unacceptable';
  return { feature, permission: request.permission, reply: isAnswered ? granted : replyOf(answer) };
};

const askOrganisation = async (client: GenesysClient): Promise<GenesysSeen['organisation']> => {
  const permission = 'any permission (this call asks for none)';
  const answer = await client.send({
    path: '/api/v2/organizations/me',
    permission,
    resource: 'other',
    purpose: 'reconciliation',
  });
  if (answer.kind !== 'ok') return { ...replyOf(answer), id: null };
  const id = isObject(answer.body) ? textOrNull(answer.body['id']) : null;
  return id !== null && /^[\w-]{1,64}$/.test(id)
    ? { kind: 'granted', why: '', id }
    : { kind: 'refused', why: 'expected an organisation and its id, came something else', id: null };
};

/** A secret that is not there is a mistake; one that the caller may not read says nothing of the workers. */
const askCredentials = async ({ credentials }: GenesysOutside): Promise<GenesysReply> => {
  const read = await credentials.read('known');
  if (read.kind === 'credentials') return { kind: 'granted', why: `client ${read.clientId}` };
  const isMissing = read.kind === 'refused' || read.why.includes('ResourceNotFoundException');
  return { kind: isMissing ? 'refused' : 'silent', why: read.why };
};

const notAsked: GenesysReply = { kind: 'silent', why: 'not asked' };

export interface AskedFeatures {
  readonly extras: readonly ExtraName[];
  readonly resolveNames: boolean;
}

/** Never rejects for what Genesys says. Of later questions nothing is known where an earlier one went wrong. */
export const examineGenesys = async (
  settings: GenesysSettings,
  { extras, resolveNames }: AskedFeatures,
  outside: GenesysOutside,
): Promise<GenesysSeen> => {
  const seen = { host: settings.loginUrl, token: notAsked, organisation: { ...notAsked, id: null }, features: [] };
  const credentials = await askCredentials(outside);
  if (credentials.kind !== 'granted') return { ...seen, credentials };
  const answer = await createTokenSource(settings, createHttp(settings, outside), outside).current();
  const token: GenesysReply = answer.kind === 'token' ? granted : replyOf(answer);
  if (token.kind !== 'granted') return { ...seen, credentials, token };
  const client = createGenesysClient(settings, outside);
  const organisation = await askOrganisation(client);
  if (organisation.kind !== 'granted') return { ...seen, credentials, token, organisation };
  const probes = [ofDetails, ...extras.map((name) => ofExtra[name]), ...(resolveNames ? ofNames : [])];
  const features = await Promise.all(probes.map((probe) => askProbe(client, probe)));
  return { ...seen, credentials, token, organisation, features };
};
