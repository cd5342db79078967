// What CloudFront Functions (runtime 2.0) have beyond ES5. The compiler knows these and no others, so a missing
// built-in is a compile error here instead of a 503 for every viewer.
// Source: CloudFront developer guide, "JavaScript runtime 2.0 features for CloudFront Functions".

interface String {
  endsWith(search: string, position?: number): boolean
  includes(search: string, position?: number): boolean
  padEnd(length: number, fill?: string): string
  padStart(length: number, fill?: string): string
  repeat(count: number): string
  startsWith(search: string, position?: number): boolean
}

interface Array<T> {
  find(predicate: (value: T, index: number) => boolean): T | undefined
  findIndex(predicate: (value: T, index: number) => boolean): number
  includes(value: T): boolean
}

interface ReadonlyArray<T> {
  find(predicate: (value: T, index: number) => boolean): T | undefined
  findIndex(predicate: (value: T, index: number) => boolean): number
  includes(value: T): boolean
}

interface ObjectConstructor {
  assign<T, U>(target: T, source: U): T & U
  assign<T, U, V>(target: T, first: U, second: V): T & U & V
  entries<T>(value: Record<string, T>): [string, T][]
  values<T>(value: Record<string, T>): T[]
}

/** Source: CloudFront developer guide, "Helper methods for key value stores". */
declare module 'cloudfront' {
  interface KeyValueStoreHandle {
    /** Rejects where the key is missing. */
    get(key: string): Promise<string>
    exists(key: string): Promise<boolean>
  }
  const cf: { kvs(): KeyValueStoreHandle }
  export default cf
}

declare module 'crypto' {
  interface Digest {
    update(text: string): Digest
    digest(encoding: 'base64url' | 'hex'): string
  }
  const crypto: { createHmac(algorithm: 'sha256', key: string): Digest }
  export default crypto
}
