import type { Command } from 'commander';
import type { OnCallTerminal } from '../on-call-terminal';

type AddCommand = (deadLetters: Command, terminal: OnCallTerminal) => void;

/** One file beside this one for each. */
const commands: readonly AddCommand[] = [];

/** `tidemark dead-letters …` */
export const addDeadLettersCommands = (cli: Command, terminal: OnCallTerminal): void => {
  const deadLetters = cli
    .command('dead-letters')
    .description('all that has stopped: dead letters, parked windows, failed executions; looked at, mended, moved back');
  for (const add of commands) add(deadLetters, terminal);
};
