import type { Command } from 'commander';
import { addDrift } from './drift';

/** What a command of this group is given. */
export interface SchemasTerminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Something was found that must be looked at: the exit code is 1. */
  readonly found: () => void;
}

type AddCommand = (schemas: Command, terminal: SchemasTerminal) => void;

/** One file beside this one for each. */
const commands: readonly AddCommand[] = [addDrift];

/** `tidemark schemas …` */
export const addSchemasCommands = (cli: Command, terminal: SchemasTerminal): void => {
  const schemas = cli.command('schemas').description('the schema registry: what is known, what drifts, what is next');
  for (const add of commands) add(schemas, terminal);
};
