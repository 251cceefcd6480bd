import type { Upcasts } from './registry/upcast';

/*
 * What makes a body of an older version one of the next, where that takes more than leaving it as it is:
 *
 *     'v2.detail.events.conversation.acw': { 7: ({ wrapupSeconds, ...rest }) => ({ ...rest, wrapupDurationMs: … }) },
 *
 * There is none, because there is no need of any: every step that is released so far only adds fields and enum values, so the
 * newest version of each subject reads all that the older ones do. A step that breaks that needs one here.
 *
 * An upcast sees the body and nothing else. Which conversation an event belongs to, when it happened, its ids and its place in
 * the order are read from the body as it came, by its format's adapter, and so is whether it may end the conversation: where
 * a step moves one of these, both shapes must be read there.
 */
export const shippedUpcasts: Upcasts = {};
