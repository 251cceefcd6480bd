import { cutMessaging } from './cut';
import { nameInTemplate } from './read-template';
import { synthesizeStack } from './synthesize';

/*
 * Prints the messaging part of the stack, in a process of its own: loading CDK takes seconds. Settings of the stack are given as
 * NAME=VALUE.
 */

const given = process.argv.slice(2).map((argument): readonly [string, string] => {
  const at = argument.indexOf('=');
  if (at < 1) throw new Error(`Expected settings as NAME=VALUE, got ${argument}`);
  return [argument.slice(0, at), argument.slice(at + 1)];
});

process.stdout.write(JSON.stringify(cutMessaging(synthesizeStack({ stackName: nameInTemplate, ...Object.fromEntries(given) }))));
