import type { Command } from 'commander';
import { addCheck } from './check';
import { addDrift } from './drift';
import { addFetch } from './fetch';
import { addPropose } from './propose';
import { addRelease } from './release';
import { addTry } from './try';
import type { SchemasTerminal } from './terminal';

type AddCommand = (schemas: Command, terminal: SchemasTerminal) => void;

/** One file beside this one for each. */
const commands: readonly AddCommand[] = [addCheck, addPropose, addRelease, addFetch, addDrift, addTry];

/** `tidemark schemas …` */
export const addSchemasCommands = (cli: Command, terminal: SchemasTerminal): void => {
  const schemas = cli.command('schemas').description('the schema registry: what is known, what drifts, what is next');
  for (const add of commands) add(schemas, terminal);
};
