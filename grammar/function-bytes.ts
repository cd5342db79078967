// Not part of the edge function: how large it may be, for its build, for what writes settings into it, and for its bench.

/** Bytes of a function, settings included; no quota request raises it. Source: CloudFront developer guide, "Quotas". */
export const maxFunctionBytes = 10_240

/** Bytes that the code may take without its settings. */
export const maxCodeBytes = 8_192

/**
 * Bytes that the settings may take as JSON. With the code's this is 9,728: the rest is there for the day one of the two must
 * grow.
 */
export const maxSettingsBytes = 1_536
