import type { EventFormat } from '../event';

/**
 * `reconstruct`: into the window. `attach`: into the record of a window that is open, else published; it never opens, extends or
 * reopens one. `pass`: validated and published as it is. `ignore`: counted and dropped.
 */
export type SubjectAction = 'reconstruct' | 'attach' | 'pass' | 'ignore';

/** What the next version of a subject must keep: `backward`, it reads what was valid before; `full`, who read the one before can read it, too. */
export type CompatibilityMode = 'backward' | 'full';

/** Dotted paths in an event that is not reconstructed; null where it does not say. */
export interface Reads {
  readonly conversationId: string | null;
  /** Epoch ms or ISO 8601. */
  readonly eventTime: string | null;
}

/** `schemas/<subject>/subject.json` of an event, with what the folder adds: its name and its newest version. */
export interface EventSubject {
  readonly kind: 'event';
  readonly subject: string;
  /** Newest released version: the one that validates. */
  readonly version: number;
  readonly format: EventFormat;
  /** What the carrier calls it: the topic template with `{id}`, the detail's name, the detail-type. */
  readonly name: string;
  /** What its carrier called it before; archives still do. */
  readonly formerNames: readonly string[];
  /** What Tidemark calls it: `customer.end`, `conversation:state`, `conversation.end`. */
  readonly type: string;
  readonly action: SubjectAction;
  readonly reads: Reads;
  /** `none` where the action is not `reconstruct`. */
  readonly mapper: string;
  readonly mapperVersion: number;
  /** Orders events of one event time: starts before ends. A reconstructed topic has its own; 0 elsewhere. */
  readonly rank: number;
  /** Dotted paths without which the event is of no use to us: an error there rejects, any other is drift. */
  readonly dependsOn: readonly string[];
  readonly compatibility: CompatibilityMode;
  readonly owner: string;
  readonly note: string;
}

/** What wraps an event on its way, or a wrapper around that. */
export interface EnvelopeSubject {
  readonly kind: 'envelope';
  readonly subject: string;
  readonly version: number;
  readonly dependsOn: readonly string[];
  readonly compatibility: CompatibilityMode;
  readonly owner: string;
  readonly note: string;
}

/** What Tidemark emits: everything in it must be right. */
export interface OutputSubject {
  readonly kind: 'output';
  readonly subject: string;
  readonly version: number;
  readonly compatibility: CompatibilityMode;
  readonly owner: string;
  readonly note: string;
}

export type Subject = EventSubject | EnvelopeSubject | OutputSubject;

/**
 * A topic's subject: the template without its `{id}` parts; a last `{id}` becomes `by-id`, because Genesys has a topic for a
 * collection and one for its member that differ in nothing else. Over its 242 topics no two get the same name, in any case
 * of letters, and each is a safe folder name.
 */
export const subjectOf = (topicTemplate: string): string =>
  topicTemplate.replace(/\.\{[^}.]*\}$/, '.by-id').replace(/\.\{[^}.]*\}/g, '');

/** A detail's subject (`conversation:state` → `detail-envelope.conversation.state`); a topic's and a detail-type's are their own. */
export const subjectOfEvent = (format: EventFormat, name: string): string =>
  format === 'detail-envelope' ? `detail-envelope.${name.replaceAll(':', '.')}` : subjectOf(name);
