import { createGenesysClient, type ApiAnswer, type GenesysOutside, type GenesysSettings } from './client';

/** Repeated, not in a list with commas, as Genesys's own clients send it. Preview topics come unasked. */
const path =
  '/api/v2/notifications/availabletopics?' +
  ['description', 'schema', 'transports', 'visibility', 'topicParameters'].map((field) => `expand=${field}`).join('&');

export interface NotificationTopics {
  /** What the client's organisation is offered, each topic with its schema. */
  readonly fetch: () => Promise<ApiAnswer>;
}

export const genesysTopics = (settings: GenesysSettings, outside: GenesysOutside): NotificationTopics => {
  const client = createGenesysClient(settings, outside);
  return {
    fetch: () =>
      client.send({ path, permission: 'any permission (this call asks for none)', resource: 'other', purpose: 'live' }),
  };
};
