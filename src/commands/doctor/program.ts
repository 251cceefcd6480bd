import type { Command } from 'commander';
import { stackOption } from '../environment';
import type { OnCallTerminal } from '../on-call-terminal';
import { withAws } from '../with-aws';
import { examine } from './examine';
import { findInstallation } from './installation';
import { countsOf, reportJson, reportText } from './text';

interface Options {
  readonly stack?: string;
  readonly json: boolean;
}

const help = `
Looks at queues, table, topic, state machine, event bus, rule and partner event source, at the rights of the workers' role, at Genesys
(a token, and one harmless question for each permission), at the clock and at the workers. It changes nothing and receives no message.

ok: as it should be. look: it works, and may not for long. WRONG: it loses events or does not work. ?: it could not be looked at; the line
says which right that takes. Ends with 0: nothing is wrong. 1: something is. 2: wrong usage, or no names to begin with.

Without --stack it reads the environment of the workers. Everything is looked at as this shell's credentials may.`;

const doctor = async ({ stack, json }: Options, terminal: OnCallTerminal): Promise<void> => {
  const installation = await findInstallation(stack);
  const { config } = installation;
  await withAws(config.aws, async (clients, region, clock) => {
    const areas = await examine({ config, clients, clock, region }, installation);
    terminal.out(json ? reportJson(areas) : reportText(areas));
    if (countsOf(areas).wrong > 0) terminal.found();
  });
};

/** `tidemark doctor` */
export const addDoctor = (cli: Command, terminal: OnCallTerminal): void => {
  cli
    .command('doctor')
    .description('holds an installation against what it should be, and says what to do where it is otherwise')
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', help)
    .action((options: Options) => doctor(options, terminal));
};
