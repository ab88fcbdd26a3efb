/** How large a recording may be. Beyond these a file is refused (`recording_too_long`) before memory is taken for it. */

/** Columns of one recording, the time column included; a point has three. */
export const MAX_CHANNELS = 2_000;

/** Characters of one label, and bytes of the line that holds them all. */
export const MAX_LABEL = 500;
export const MAX_LABEL_LINE = 1_000_000;

/** Numbers of one file (rows × columns): 160 MB of doubles; 40 channels at 100 Hz for 83 minutes. */
export const MAX_VALUES = 20_000_000;

/** Values of one series (frames × channels), held three times over: 40 channels at 60 Hz for 69 minutes. */
export const MAX_SERIES_VALUES = 10_000_000;

/** Lines searched for the end of an OpenSim header, and comments of a CSV file that are looked at. */
export const MAX_HEADER_LINES = 1_000;

/** Notes kept on one recording; a faulty file with thousands of channels has one for each. */
export const MAX_FLAGS = 100;
