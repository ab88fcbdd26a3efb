/** How a recording is turned into its series. Every member has a default; what was used stands in the report's provenance. */
export interface Processing {
  /** Frames per second of the series; 60. */
  Rate: number;
  /** Cut-off of the zero-lag Butterworth low-pass in Hz, 6; null leaves the filter out. */
  CutOff: number | null;
  /** Order of the Butterworth low-pass for one of its two passes; 2. */
  Order: number;
  /** `auto`: cubic where the sampling is regular, else linear. */
  Interpolation: 'auto' | 'cubic' | 'linear' | 'natural' | 'monotone';
  /** Longest gap in seconds that is bridged by interpolation; longer ones are excluded from every statistic; 3. */
  MaxGap: number;
  /** `unwrap` takes out turns of 360° between samples; `keep` leaves angles as they were recorded. */
  Wraps: 'keep' | 'unwrap';
}

export const DEFAULT_PROCESSING: Readonly<Processing> = {
  Rate: 60,
  CutOff: 6,
  Order: 2,
  Interpolation: 'auto',
  MaxGap: 3,
  Wraps: 'keep',
};
