import type { Breach, History, PromiseNumber, TracedEffect } from '../history';

/** An effect and its place in the history: what happened at one virtual instant still has an order. */
export type Placed<K extends TracedEffect['kind']> = Extract<TracedEffect, { kind: K }> & { readonly place: number };

export const effectsOf = <K extends TracedEffect['kind']>(history: History, kind: K): readonly Placed<K>[] =>
  history.effects.flatMap((effect, place) => (effect.kind === kind ? [{ ...effect, place } as Placed<K>] : []));

/** A promise that was broken, and when in virtual time. */
export const breach = (promise: PromiseNumber, atMs: number, text: string): Breach => ({
  promise,
  text: `at ${(atMs / 1_000).toFixed(3)} s: ${text}`,
});
