import type { JsonObject } from './json';

/* What is asked of Genesys and what comes of it, without a word of HTTP. */

/** What a request is for. Where the quota is short, the earlier go first. */
export const purposes = ['live', 'redrive', 'reconciliation'] as const;
export type Purpose = (typeof purposes)[number];

/** Parts of Genesys's API, each of which may have a limit of its own. */
export type GenesysResource = 'details' | 'conversation' | 'transcript' | 'sentiment' | 'names' | 'query' | 'other';

/** Will not get better by waiting: credentials, permission. */
export interface Refused {
  readonly kind: 'refused';
  readonly why: string;
}

/** Ask again, not before `retryAfterMs`. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly why: string;
  readonly retryAfterMs: number;
  /** Genesys or our own budget asked us to wait: nothing is broken. */
  readonly isThrottle?: true;
}

/** The OAuth client that speaks for us. */
export interface Credentials {
  readonly kind: 'credentials';
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What Genesys's analytics know of a conversation. `complete` has a `conversationEnd`. */
export type DetailsAnswer =
  | { readonly kind: 'complete'; readonly details: JsonObject }
  | { readonly kind: 'incomplete'; readonly details: JsonObject }
  | { readonly kind: 'absent' }
  | Refused
  | Unavailable;

/** Conversations as analytics answer them. */
export type EndedPage = { readonly kind: 'page'; readonly conversations: readonly JsonObject[] } | Refused | Unavailable;

export type ExtraName = 'participantAttributes' | 'transcript' | 'sentiment';

/** `absent`: not there, or not there yet; `isFinal`: nor will it be. */
export type ExtraAnswer =
  | { readonly kind: 'found'; readonly value: JsonObject }
  | { readonly kind: 'absent'; readonly isFinal?: true }
  | Refused
  | Unavailable;

export type NameKind = 'user' | 'queue' | 'wrapUpCode';

export interface BudgetAsk {
  readonly resource: GenesysResource;
  readonly purpose: Purpose;
}

/** What an answer said of the limits; null where it said nothing. */
export interface BudgetNews {
  readonly resource: GenesysResource;
  /** 429: this resource answers nobody for so long. */
  readonly stayAwayMs: number | null;
  /** `inin-ratelimit-*`: requests that counted in the current period, those allowed in it, and how long until the next. */
  readonly period: { readonly count: number; readonly allowed: number; readonly resetMs: number } | null;
}
