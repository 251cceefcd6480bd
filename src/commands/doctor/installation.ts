import { ConfigError, loadConfig, loadOnCallConfig, type Environment, type OnCallConfig } from '../../config';
import { isObject } from '../../core/json';
import { ruleNameOfOutputs, type RuleName } from '../../doctor/rule-name';
import type { SeenSettings } from '../../doctor/settings-check';
import { daysToMs } from '../../config-checks';
import { moreOutputs, stackOutputs, toldGenesysVariables } from '../../resources';
import { findEnvironment } from '../environment';

/** What the names of an installation say before anybody is asked. */
export interface Installation {
  readonly config: OnCallConfig;
  /** Of the workers, as far as it is known: what the stack tells comes before what the shell has. */
  readonly environment: Environment;
  readonly settings: SeenSettings;
  /** Null: no stack says it. */
  readonly rule: RuleName | null;
  readonly workerRoleArn: string | null;
}

type Outputs = ReadonlyMap<string, string>;

const genesysOf = (outputs: Outputs): Environment => {
  const told: unknown = JSON.parse(outputs.get(moreOutputs.genesysSettings) ?? '{}');
  const given = isObject(told) ? told : {};
  const secret = outputs.get(moreOutputs.genesysSecretArn);
  return {
    ...Object.fromEntries(
      toldGenesysVariables.flatMap((name) => {
        const value = given[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      }),
    ),
    ...(secret === undefined ? {} : { GENESYS_SECRET_ARN: secret }),
  };
};

const problemsOf = (environment: Environment): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
};

const settingsOf = (environment: Environment, outputs: Outputs | null, { retentionMs }: OnCallConfig): SeenSettings => {
  const problems = problemsOf(environment);
  const events = problems.length === 0 ? loadConfig(environment).eventRetentionMs : retentionMs;
  const named = [...Object.values(stackOutputs), ...Object.values(moreOutputs)];
  return {
    lacking: outputs && named.filter((name) => !outputs.has(name)),
    problems,
    retentionDays: retentionMs / daysToMs(1),
    eventRetentionDays: events / daysToMs(1),
  };
};

const ruleOf = (outputs: Outputs | null): RuleName | null => {
  const bus = outputs?.get(moreOutputs.eventBusName);
  const rule = outputs?.get(moreOutputs.ruleName);
  return bus === undefined || rule === undefined ? null : ruleNameOfOutputs(bus, rule);
};

/** Throws a ConfigError where there is not even a queue, a dead-letter queue and a table to look at. */
export const findInstallation = async (stack: string | undefined): Promise<Installation> => {
  const { environment: found, outputs } = await findEnvironment(stack);
  const environment = { ...found, ...(outputs && genesysOf(outputs)) };
  const config = loadOnCallConfig(environment);
  return {
    config,
    environment,
    settings: settingsOf(environment, outputs, config),
    rule: ruleOf(outputs),
    workerRoleArn: outputs?.get(moreOutputs.workerRoleArn) ?? null,
  };
};
