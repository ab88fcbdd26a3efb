import { setTimeout as wait } from 'node:timers/promises';

/** Asks until the answer is yes; fails with the last fault when it never is. */
export async function eventually(holds: () => Promise<boolean>, within_ms = 30_000): Promise<void> {
  const end = Date.now() + within_ms;
  for (;;) {
    let fault: unknown = new Error(`it did not come true within ${within_ms / 1000} s: ${holds}`);
    try {
      if (await holds()) return;
    } catch (error) {
      fault = error;
    }
    if (Date.now() > end) throw fault;
    await wait(20);
  }
}
