import type { Question } from './question';

/** An integration as the API lists it, with its configuration, which has a call of its own. */
export interface Integration {
  readonly id: string;
  name: string;
  readonly type: string;
  intendedState: 'ENABLED' | 'DISABLED' | 'DELETED';
  reportedState: 'ACTIVE' | 'ACTIVATING' | 'INACTIVE' | 'DEACTIVATING' | 'ERROR';
  config: IntegrationConfig;
}

export interface IntegrationConfig {
  /** Whoever changes the rest must name it as it is. */
  readonly version: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly advanced: Readonly<Record<string, unknown>>;
  readonly notes: string;
  readonly credentials: Readonly<Record<string, unknown>>;
}

/** What an organisation was set up with: plain data, changed by whoever asks for it. */
export interface Organisation {
  readonly id: string;
  readonly integrations: Integration[];
  /** What the two calls have made that are described elsewhere. Null: they answer 404, as the public API does. */
  readonly described: { readonly eventStreams: unknown[]; readonly subscriptions: unknown[] } | null;
  /** What happens before a question is answered: somebody else's change. One that throws costs whoever asked the connection. */
  before?: (question: Question) => void;
  /** What happens after it was answered, before the answer is sent. */
  after?: (question: Question) => void;
}

export const anOrganisation = (parts: Partial<Organisation> = {}): Organisation => ({
  id: '0b5e9f0a-5f5c-4f0e-9a63-2d1c0c4c7a11',
  integrations: [],
  described: null,
  ...parts,
});
