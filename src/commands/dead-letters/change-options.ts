import type { Command } from 'commander';
import { stackOption } from '../environment';
import { whyOption } from '../why-option';

/** What every command takes that changes something. */
export interface ChangeOptions {
  readonly why: string;
  readonly execute: boolean;
  readonly json: boolean;
  readonly stack?: string;
}

export const addChangeOptions = (command: Command): Command =>
  command
    .addOption(whyOption())
    .option('--execute', 'for real; without it nothing is changed', false)
    .addOption(stackOption())
    .option('--json', 'what is printed as JSON', false);
