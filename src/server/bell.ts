/** Rung when there is something to do, so that nobody waits for the next look. */
export interface Bell {
  wake(): void;
}

export function createBell(): Bell & { heard(): Promise<void> } {
  let ring = () => {};
  let rung = false;
  return {
    wake() {
      rung = true;
      ring();
    },
    async heard() {
      if (!rung) {
        await new Promise<void>((resolve) => {
          ring = resolve;
        });
      }
      rung = false;
    },
  };
}
