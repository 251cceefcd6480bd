import type { CanonicalEvent } from '../event';
import type { Json } from '../json';

/** A field that one of the schemas of a body has. */
export type FieldOf<Body> = Body extends object ? keyof Body & string : never;

/**
 * What may be read from a body: the fields that one of its schemas has, so that a misspelt one does not compile. What is in a
 * field is still anything: drift is admitted.
 */
export type Fields<Body> = Readonly<Partial<Record<FieldOf<Body>, Json>>>;

/** An event of the subjects that have this body. */
export type EventWith<Body> = Omit<CanonicalEvent, 'body'> & { readonly body: Fields<Body> };
