import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface AwsEndpoint {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const program = join(__dirname, '../localstack/embedded/main.ts');

const firstLine = async (child: ReturnType<typeof startProgram>): Promise<string> => {
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Expected the stand-ins to say where they are; they ended with ${String(code)}`);
  });
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  return line;
};

const startProgram = () =>
  spawn(process.execPath, ['--import', 'tsx', program, '--port', '0', '--genesys-port', '0', '--back-office-port', '0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });

/**
 * An endpoint that answers for AWS: what AWS_ENDPOINT_URL names, else the embedded stand-ins, empty, on a free port. They run in a
 * process of their own, since Jest cannot load ES modules, and it ends when this one does.
 */
export const awsEndpoint = async (): Promise<AwsEndpoint> => {
  const given = process.env['AWS_ENDPOINT_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  const child = startProgram();
  const { aws } = JSON.parse(await firstLine(child)) as { aws: string };
  return {
    url: aws,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
};
