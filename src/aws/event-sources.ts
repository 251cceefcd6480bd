import { DescribeEventSourceCommand, EventBridgeClient, ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import { shortLived } from './short-lived-client';

/** A partner event source, as the account it is for sees it. */
export interface EventSource {
  /** `PENDING`: no event bus is associated with it, or that one is deactivated, and what is sent is lost. */
  readonly state: string;
  /** When it goes away unless a bus is associated. */
  readonly expiresAtMs: number | null;
}

export interface EventSources {
  /** Null: there is none of that name, or not yet. Rejects with what AWS says otherwise. */
  readonly find: (name: string) => Promise<EventSource | null>;
  readonly destroy: () => void;
}

/** Genesys names it by organisation and suffix; the event bus that takes its events must have the same name. */
export const eventSourceName = (organisationId: string, suffix: string): string =>
  `aws.partner/genesys.com/cloud/${organisationId}/${suffix}`;

/** In the region that the source is in, which need not be the worker's. Credentials come from the SDK's own chain. */
export const awsEventSources = (region: string, endpointUrl: string | undefined): EventSources => {
  const client = new EventBridgeClient(shortLived({ region, endpointUrl }));
  return {
    find: async (name) => {
      try {
        const { State, ExpirationTime } = await client.send(new DescribeEventSourceCommand({ Name: name }));
        return { state: State ?? 'unknown', expiresAtMs: ExpirationTime?.getTime() ?? null };
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return null;
        throw error;
      }
    },
    destroy: () => client.destroy(),
  };
};
