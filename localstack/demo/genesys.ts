import axios from 'axios';
import type { Conversation } from '../embedded/genesys/analytics';
import type { Control, SeenRequest } from '../embedded/genesys/control';
import type { ServedDetails } from './judge/executions';
import type { Places } from './worker-environment';

type Scripted =
  ('conversations' | 'lag' | 'faults' | 'limits' | 'unknownIds') | ('live' | 'transcripts' | 'sentiments' | 'directory');

/** Scripts the fake Genesys in the stand-ins' process. */
export const scriptGenesys = async <N extends Scripted>(
  genesysUrl: string,
  name: N,
  argument: Parameters<Control[N]>[0],
): Promise<void> => {
  // A text would go as it is.
  await axios.put(`${genesysUrl}/_control/${name}`, JSON.stringify(argument), { proxy: false });
};

/** All that it was asked so far: paths with their queries. */
export const readAsked = async (genesysUrl: string): Promise<readonly string[]> => {
  const { data } = await axios.get<readonly SeenRequest[]>(`${genesysUrl}/_control/requests`, { proxy: false });
  return data.map(({ url }) => url);
};

const tokenOf = async ({ genesysUrl, clientId, clientSecret }: Places): Promise<string> => {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  const auth = { username: clientId, password: clientSecret };
  const { data } = await axios.post<{ access_token: string }>(`${genesysUrl}/oauth/token`, form, { auth, proxy: false });
  return data.access_token;
};

const idsPerRequest = 50;

/** What Genesys serves of each conversation: for whoever compares it with what the workflows were given. */
export const askGenesys = async (places: Places, conversationIds: readonly string[]): Promise<ServedDetails> => {
  const headers = { Authorization: `Bearer ${await tokenOf(places)}` };
  const url = `${places.genesysUrl}/api/v2/analytics/conversations/details`;
  const served = new Map<string, Conversation>();
  for (let from = 0; from < conversationIds.length; from += idsPerRequest) {
    const id = conversationIds.slice(from, from + idsPerRequest).join(',');
    const { data } = await axios.get<{ conversations: readonly Conversation[] }>(url, { headers, params: { id }, proxy: false });
    for (const conversation of data.conversations) served.set(conversation.conversationId, conversation);
  }
  return served;
};
