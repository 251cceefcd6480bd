import { ServiceError } from '../service-error';
import type { Task } from './task';

/* The engine takes what stands behind a task by the state's name; AWS, by the resource that the state names. */

export interface Definition {
  readonly States: Readonly<Record<string, { readonly Type?: string; readonly Resource?: string }>>;
}

export interface Overrides {
  readonly taskResourceLocalHandlers: Record<string, (parameters: unknown) => Promise<object>>;
  readonly waitTimeOverrides: Record<string, number>;
  readonly retryIntervalOverrides: Record<string, number>;
}

export interface Behind {
  readonly tasks: readonly Task[];
  /** How long every wait and every pause before another try takes, in place of what the workflow says. */
  readonly pauseMs?: number | undefined;
  /** Called before each task, and may throw in its stead. */
  readonly beforeTask?: ((stateName: string, executionName: string) => void | Promise<void>) | undefined;
}

const findTask = (tasks: readonly Task[], stateName: string, resource: string | undefined): Task => {
  const found = tasks.find((each) => each.resource === resource);
  if (found) return found;
  const known = tasks.map((each) => each.resource).join(', ');
  throw new ServiceError(
    'InvalidDefinition',
    `Invalid State Machine Definition: state ${stateName}: expected one of the resources ${known}; got ${resource}`,
  );
};

/** For one execution. Throws where a task names a resource that nothing here stands for. */
export const overridesFor = (
  { States }: Definition,
  { tasks, pauseMs, beforeTask }: Behind,
  executionName: string,
): Overrides => {
  const states = Object.entries(States);
  const namesOf = (isMeant: (type: string | undefined) => boolean): readonly string[] =>
    states.filter(([, { Type }]) => isMeant(Type)).map(([name]) => name);
  const pauses = (names: readonly string[]): Record<string, number> =>
    pauseMs === undefined ? {} : Object.fromEntries(names.map((name) => [name, pauseMs]));
  const handlers = states
    .filter(([, { Type }]) => Type === 'Task')
    .map(([name, { Resource }]) => {
      const { run } = findTask(tasks, name, Resource);
      const handle = async (parameters: unknown): Promise<object> => {
        await beforeTask?.(name, executionName);
        return run(parameters);
      };
      return [name, handle] as const;
    });
  return {
    taskResourceLocalHandlers: Object.fromEntries(handlers),
    waitTimeOverrides: pauses(namesOf((type) => type === 'Wait')),
    retryIntervalOverrides: pauses(namesOf((type) => type === 'Task')),
  };
};
