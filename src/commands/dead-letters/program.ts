import type { Command } from 'commander';
import type { OnCallTerminal } from '../on-call-terminal';
import { addCancel } from './cancel';
import { addJobs } from './jobs';
import { addRedrive } from './redrive';
import { addResume } from './resume';
import { addArchive } from './archive';
import { addDiscard } from './discard';
import { addEdit } from './edit';
import { addHistory } from './history';
import { addRestore } from './restore';
import { addGroups } from './groups';
import { addList } from './list';
import { addShow } from './show';

type AddCommand = (deadLetters: Command, terminal: OnCallTerminal) => void;

/** One file beside this one for each. */
const commands: readonly AddCommand[] = [
  addGroups,
  addList,
  addShow,
  addEdit,
  addArchive,
  addRestore,
  addDiscard,
  addHistory,
  addRedrive,
  addJobs,
  addResume,
  addCancel,
];

/** `tidemark dead-letters …` */
export const addDeadLettersCommands = (cli: Command, terminal: OnCallTerminal): void => {
  const deadLetters = cli
    .command('dead-letters')
    .description('all that has stopped: dead letters, parked windows, failed executions; looked at, mended, moved back');
  for (const add of commands) add(deadLetters, terminal);
};
