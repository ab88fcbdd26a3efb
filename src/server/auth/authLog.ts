/** What a fault of ours is told to; pino fits. */
export interface AuthLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
