import { CommanderError } from 'commander';

/** How options are refused: the exit code that commander gives, and what it writes for the people who run the command. */
export const refusalOf = (
  parseOptions: (args: readonly string[]) => unknown,
  args: readonly string[],
): { readonly code: number | undefined; readonly said: string } => {
  let said = '';
  const write = (text: string | Uint8Array): boolean => {
    said += String(text);
    return true;
  };
  const spies = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')];
  spies.forEach((spy) => spy.mockImplementation(write));
  try {
    parseOptions(args);
    return { code: undefined, said };
  } catch (error) {
    return { code: error instanceof CommanderError ? error.exitCode : undefined, said };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
};
