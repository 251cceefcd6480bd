import { CallRefusedError } from '../../src/core/errors';
import { limits } from '../../src/core/limits';
import type { StateMachine } from '../../src/ports';

export interface StateMachineSubject {
  readonly machine: StateMachine;
  /** Inputs of all executions by name. */
  readonly executions: () => Promise<ReadonlyMap<string, string>>;
}

const inputOf = (bytes: number): string => JSON.stringify({ é: 'x'.repeat(bytes - JSON.stringify({ é: '' }).length - 1) });

/** Inputs as JSON: LocalStack writes them anew. AWS keeps the bytes, and test/aws/state-machine sees that they are sent as they are. */
const contents = (inputs: ReadonlyMap<string, string>): ReadonlyMap<string, unknown> =>
  new Map([...inputs].map(([name, input]) => [name, JSON.parse(input) as unknown]));

/** What every state machine promises. `make` gives one without executions. */
export const stateMachineContract = (name: string, make: () => Promise<StateMachineSubject>): void => {
  describe(`${name} keeps the promises of a state machine`, () => {
    test('an execution is started under its name, with its input', async () => {
      const { machine, executions } = await make();
      const input = '{ "conversationId":"é 🙂",  "n":1.0 }';
      expect(await machine.start({ name: 'one-1_A', input })).toBe('started');
      expect(contents(await executions())).toEqual(new Map([['one-1_A', JSON.parse(input)]]));
    });

    test('a name that is taken is a success, whatever its input, and starts nothing', async () => {
      const { machine, executions } = await make();
      await machine.start({ name: 'taken', input: '{"n":1}' });
      expect(await machine.start({ name: 'taken', input: '{"n":2}' })).toBe('already');
      expect(['started', 'already']).toContain(await machine.start({ name: 'taken', input: '{"n":1}' }));
      expect(await executions()).toEqual(new Map([['taken', '{"n":1}']]));
    });

    test('names differ by case, and each is an execution', async () => {
      const { machine, executions } = await make();
      expect(await machine.start({ name: 'case', input: '{}' })).toBe('started');
      expect(await machine.start({ name: 'CASE', input: '{}' })).toBe('started');
      expect((await executions()).size).toBe(2);
    });

    test('a name of 80 characters is started; one of 81, or of none, is refused', async () => {
      const { machine, executions } = await make();
      const longest = 'n'.repeat(limits.executionNameLength);
      expect(await machine.start({ name: longest, input: '{}' })).toBe('started');
      await expect(machine.start({ name: `${longest}n`, input: '{}' })).rejects.toThrow(CallRefusedError);
      await expect(machine.start({ name: '', input: '{}' })).rejects.toThrow(CallRefusedError);
      expect([...(await executions()).keys()]).toEqual([longest]);
    });

    test('a name with a character that Step Functions does not take is refused', async () => {
      const { machine, executions } = await make();
      for (const illegal of ' \n<>{}[]?*"#%\\^|~`$&,;:/\u0000\u007f')
        await expect(machine.start({ name: `n${illegal}n`, input: '{}' })).rejects.toThrow(CallRefusedError);
      expect((await executions()).size).toBe(0);
    });

    test('an input of 256 KiB is started, one byte more is refused; bytes count, not characters', async () => {
      const { machine, executions } = await make();
      const largest = inputOf(limits.executionInputBytes);
      expect(Buffer.byteLength(largest)).toBe(limits.executionInputBytes);
      expect(await machine.start({ name: 'largest', input: largest })).toBe('started');
      await expect(machine.start({ name: 'over', input: inputOf(limits.executionInputBytes + 1) })).rejects.toThrow(
        CallRefusedError,
      );
      expect(contents(await executions())).toEqual(new Map([['largest', JSON.parse(largest)]]));
    });
  });
};
