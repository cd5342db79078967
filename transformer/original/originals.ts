/** An original, known by its headers. */
export interface OriginalDescription {
  /** As S3 gives it, quoted. */
  etag: string
  lastModified?: Date
  /** What a crop should keep in sight, from the object's metadata: `x_y` as `readFocalPoint` gives it. */
  focalPoint?: string
  /** What of its metadata was passed over, for the log. */
  warning?: string
}

/** An original, read whole into memory. */
export interface Original extends OriginalDescription {
  bytes: Buffer
  /** Of the picture that is laid over it. */
  overlay?: Buffer
}

/** Where originals are read from. */
export interface Originals {
  /**
   * @param maxBytes that it may have. Default: what the settings say.
   * @throws TransformError `missing`, `forbidden`, `archived`, `over-limit` before the bytes are read, `unavailable`.
   */
  read(key: string, signal: AbortSignal, maxBytes?: number): Promise<Original>
  /** Without its bytes. @throws TransformError `missing`, `forbidden`, `unavailable`. */
  describe(key: string, signal: AbortSignal): Promise<OriginalDescription>
}
