import { UsageError } from './explain.ts';

/** Questions at the terminal; refused where there is none, with what to do instead. */
export async function askText(message: string, initialValue: string, otherwise: string): Promise<string> {
  refuseWithoutTerminal(otherwise);
  const { text } = await import('@clack/prompts');
  return answered(
    await text({
      message,
      initialValue,
      validate: (value) => (value?.trim() ? undefined : 'Please type something'),
    }),
  ).trim();
}

export async function askPassword(message: string, otherwise: string): Promise<string> {
  refuseWithoutTerminal(otherwise);
  const { password } = await import('@clack/prompts');
  return answered(
    await password({ message, validate: (value) => (value ? undefined : 'Please type something') }),
  );
}

/** The first line of standard input, for secrets that must not be seen in a list of processes. */
export async function passwordFromStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const line = Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)[0]!;
  if (line === '') throw new UsageError('standard input holds no password');
  return line;
}

function refuseWithoutTerminal(otherwise: string): void {
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError(`there is no terminal to ask at; ${otherwise}`);
}

function answered(value: string | symbol): string {
  if (typeof value === 'symbol') throw new UsageError('cancelled');
  return value;
}
