/** An original, read whole into memory. */
export interface Original {
  bytes: Buffer
  /** As S3 gives it, quoted. */
  etag: string
  lastModified?: Date
}

/** Where originals are read from. */
export interface Originals {
  /**
   * @throws TransformError `missing`, `forbidden`, `archived`, `over-limit` before the bytes are read, `unavailable`.
   */
  read(key: string, signal: AbortSignal): Promise<Original>
}
