import type { CanonicalEvent, PassedEvent } from '../event';
import type { JsonObject } from '../json';
import { asPassed } from '../passed-event';
import type { EventSubject, SchemaRegistry } from '../schema-registry';

/** One event as a format's adapter found it, before the registry has judged it. */
export interface Entry {
  /** What the carrier calls its type, for whoever reads a rejection. */
  readonly name: string;
  /** Null when the registry knows no such type. */
  readonly subject: EventSubject | null;
  /** What the subject's schema describes. */
  readonly payload: JsonObject;
  /** Builds the event once the payload is valid; answers what was wrong when a time cannot be read after all. */
  readonly toEvent: (subject: EventSubject, schemaVersion: number) => CanonicalEvent | { readonly problem: string };
  /** The same for a subject that is only passed on: nothing is asked of it but what its schema asks. */
  readonly toPassed: (subject: EventSubject, schemaVersion: number) => PassedEvent | { readonly problem: string };
  /** The carrier names its type twice and the two differ. */
  readonly topicDisagrees?: boolean;
}

export type ReadEntries = (
  envelope: { readonly object: JsonObject; readonly source: string | null; readonly bare: boolean },
  registry: SchemaRegistry,
) => readonly Entry[];

/** Of a format whose every event has a conversation and a time. */
export const passedOf = (event: CanonicalEvent | { readonly problem: string }): PassedEvent | { readonly problem: string } =>
  'problem' in event ? event : asPassed(event);

/**
 * The Genesys organisation in a partner event source, `aws.partner/genesys.com/cloud/{orgId}/{suffix}`. Genesys's own test
 * files say `genesys.com.test` (github.com/GenesysCloudBlueprints/genesys-cloud-event-streaming-blueprint).
 */
export const organisationOf = (source: string | null): string | null =>
  /^aws\.partner\/genesys\.com[^/]*\/cloud\/([^/]+)/.exec(source ?? '')?.[1] ?? null;

/** Epoch ms of an ISO 8601 text; null when it is none, or lies before 1970, where no order key reaches. */
export const readInstant = (text: unknown): number | null => {
  if (typeof text !== 'string') return null;
  const ms = Date.parse(text);
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
};
