// The event of a viewer-request function and what it may return.
// Source: CloudFront developer guide, "CloudFront Functions event structure".

/** A header or query parameter; `multiValue` is there only where it came more than once. */
export interface EventValue {
  /** As sent: query values are still percent-encoded. */
  value: string
  multiValue?: readonly { value: string }[]
}

export interface ViewerRequest {
  method: string
  /** The path, percent-encoded as sent. */
  uri: string
  /** An object as received; may be assigned a string, which then is the query of the cache key and of the origin. */
  querystring: Record<string, EventValue> | string
  /** The query as received; undefined where the URL has no `?`. Source: CloudFront developer guide, "General helper methods". */
  rawQueryString: () => string | undefined
  /** By lower-case name. */
  headers: Record<string, EventValue>
  cookies?: Record<string, EventValue>
}

export interface ViewerRequestEvent {
  request: ViewerRequest
}

/** An answer that the function gives itself. CloudFront does not cache it; `statusDescription` is optional (same page). */
export interface GeneratedResponse {
  statusCode: number
  headers: Record<string, { value: string }>
  body: { encoding: 'text'; data: string }
}
