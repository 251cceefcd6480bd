import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';

/*
 * What stands behind a Task state. AWS refuses a parameter that it does not know; the engine would pass it over. So each task says which
 * parameters its API takes, and anything else ends the execution.
 */

/** What the service answered, under the name that a Retry or a Catch goes by. */
export class TaskFailure extends Error {
  override readonly name: string;
  readonly isRetryable: boolean = true;
  readonly isCatchable: boolean = true;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The workflow itself is wrong: nothing retries or catches it, as with AWS's own States.Runtime. */
export class WorkflowMistake extends TaskFailure {
  override readonly isRetryable = false;
  override readonly isCatchable = false;

  constructor(message: string) {
    super('States.Runtime', message);
  }
}

export interface Task {
  readonly resource: string;
  readonly run: (parameters: unknown) => Promise<object>;
}

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });

const complaints = ({ errors }: ValidateFunction): string =>
  (errors ?? [])
    .map(({ instancePath, message, params }) => {
      const name = 'additionalProperty' in params ? ` '${String(params['additionalProperty'])}'` : '';
      return `${instancePath || 'Parameters'} ${message}${name}`;
    })
    .join('; ');

/** A task whose parameters are checked before it runs: what `run` takes is what the schema describes. */
export const task = (resource: string, schema: object, run: (parameters: never) => Promise<object>): Task => {
  const isRight = ajv.compile(schema);
  return {
    resource,
    run: async (parameters) => {
      if (!isRight(parameters))
        throw new WorkflowMistake(`The parameters of ${resource} are not what its API takes: ${complaints(isRight)}.`);
      return run(parameters as never);
    },
  };
};
