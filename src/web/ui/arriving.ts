/** Between two attempts while nobody answers. */
const PAUSE_MS = 2000;

/**
 * Loads a part of the program. Where network or server are away it waits until they are back: what is shown stays, and goes
 * on by itself. Fails where the server answers and has no such part, as after an upgrade.
 */
export async function arriving<T>(load: () => Promise<T>): Promise<T> {
  for (let refused = false; ; ) {
    try {
      return await load();
    } catch (error) {
      if (!(await answers())) await comeback();
      else if (refused) throw error;
      else refused = true;
    }
  }
}

const answers = () =>
  fetch(window.location.origin, { method: 'HEAD', cache: 'no-store' }).then(
    ({ status }) => status < 500,
    () => false,
  );

const comeback = () =>
  new Promise<unknown>((back) => {
    window.addEventListener('online', back, { once: true });
    setTimeout(back, PAUSE_MS);
  });
