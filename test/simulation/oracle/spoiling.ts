import type { History, Plan, TracedEffect } from '../history';
import type { LooseRecord } from './a-history';

/** One small change to a history, each by a word. */

type Kind = TracedEffect['kind'];
type Of<K extends Kind> = Extract<TracedEffect, { kind: K }>;

const inOrder = (effects: readonly TracedEffect[]): readonly TracedEffect[] => [...effects].sort((a, b) => a.atMs - b.atMs);

export const withEffects = (history: History, ...more: readonly TracedEffect[]): History => ({
  ...history,
  effects: inOrder([...history.effects, ...more]),
});

export const without = (history: History, isUnwanted: (effect: TracedEffect) => boolean): History => ({
  ...history,
  effects: history.effects.filter((effect) => !isUnwanted(effect)),
});

/** Fails where there is nothing to change: a spoiling that spoils nothing proves nothing. */
export const changing = <K extends Kind>(history: History, kind: K, change: (effect: Of<K>) => Partial<Of<K>>): History => {
  const effects = history.effects.map((effect) => (effect.kind === kind ? { ...effect, ...change(effect as Of<K>) } : effect));
  if (JSON.stringify(effects) === JSON.stringify(history.effects)) throw new Error(`Expected a ${kind} to change, found none.`);
  return { ...history, effects: inOrder(effects) };
};

/** Says other things in a revision, everywhere: what is put, sent and published agrees. */
export const saying = (history: History, revision: number, more: LooseRecord): History => {
  const told = (text: string): string => {
    const value = JSON.parse(text) as LooseRecord & { readonly record?: LooseRecord };
    if (value['revision'] === revision) return JSON.stringify({ ...value, ...more });
    return value.record?.['revision'] === revision ? JSON.stringify({ ...value, record: { ...value.record, ...more } }) : text;
  };
  const effects = history.effects.map((effect): TracedEffect => {
    switch (effect.kind) {
      case 'put': {
        const { execution, record } = effect;
        return {
          ...effect,
          record: record['revision'] === revision ? { ...record, ...more } : record,
          execution: execution && { ...execution, input: told(execution.input) },
          notification: told(effect.notification),
        };
      }
      case 'started':
        return { ...effect, input: told(effect.input) };
      case 'published': {
        const said = JSON.parse(effect.message) as LooseRecord;
        const relevant = Object.fromEntries(Object.entries(more).filter(([name]) => name in effect.attributes));
        const isIt = said['revision'] === revision;
        return {
          ...effect,
          message: told(effect.message),
          attributes: isIt ? { ...effect.attributes, ...(relevant as Record<string, string>) } : effect.attributes,
        };
      }
      default:
        return effect;
    }
  });
  return { ...history, effects };
};

export const withBlows = (plan: Plan, ...blows: Plan['blows']): Plan => ({ ...plan, blows });
