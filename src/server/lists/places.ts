/**
 * When each session was recorded and where its text ends within its block, one session behind the other: twelve bytes for
 * each, where an object would take ten times that.
 */
export class Places {
  #times = new Float64Array(1024);
  #ends = new Uint32Array(1024);
  #count = 0;

  /** Where those that are added next will begin. */
  get end(): number {
    return this.#count;
  }

  add(recordedAt_us: number, end: number): void {
    if (this.#count === this.#times.length) {
      this.#times = grown(this.#times, new Float64Array(2 * this.#count));
      this.#ends = grown(this.#ends, new Uint32Array(2 * this.#count));
    }
    this.#times[this.#count] = recordedAt_us;
    this.#ends[this.#count++] = end;
  }

  time(place: number): number {
    return this.#times[place]!;
  }

  endOf(place: number): number {
    return this.#ends[place]!;
  }

  /** How many of the `count` sessions from `first` on, newest first, were recorded after a time. */
  newerThan(time_us: number, first: number, count: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[first + middle]! > time_us) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
