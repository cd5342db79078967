/** What the function finds in its KeyValueStore. */
export interface FakeStore {
  values: Readonly<Record<string, string>>
  /** Whether every look-up fails; `get`: those that read a value alone. */
  down?: boolean | 'get'
  /** Receives `get NAME` or `exists NAME` for each look-up, where the function runs in this process. */
  reads?: string[]
}

/** An import of a module that runtime 2.0 has, as the built file holds it. */
export const importsOf = /\bimport (\w+) from ?"(cloudfront|crypto)";/g

/**
 * Source of a function from a {@link FakeStore} to the module `cloudfront`. A name that is missing is rejected like a
 * store that fails. Source: CloudFront developer guide, "Helper methods for key value stores".
 */
export const fakeStoreSource = `function (store, note) {
  function has(name) { return Object.keys(store.values).indexOf(name) >= 0 }
  function fail(reason) { return Promise.reject(new Error(reason)) }
  return {
    kvs: function () {
      return {
        get: function (name) {
          note('get ' + name)
          return !store.down && has(name) ? Promise.resolve(store.values[name]) : fail('KeyNotFound')
        },
        exists: function (name) {
          note('exists ' + name)
          return store.down === true ? fail('ServiceUnavailable') : Promise.resolve(has(name))
        },
      }
    },
  }
}`

/**
 * Source of a function from an event to a promise of the handler's result, both JSON. An event's `rawQueryString` becomes
 * the method that CloudFront gives its request; what the handler throws becomes `{"failure": reason}`, to CloudFront a
 * bare 503.
 */
export const callHandler = writeCall('')

/** The same for a runtime that passes more than the event. */
export const callWithMore = writeCall(`, ${Array(20).fill('"more"').join(', ')}`)

function writeCall(more: string): string {
  return `function (json) {
  var event = JSON.parse(json)
  var raw = event && event.rawQueryString
  if (event && event.request) event.request.rawQueryString = function () { return raw }
  return handler(event${more}).then(
    function (result) { return JSON.stringify(result) },
    function (error) { return JSON.stringify({ failure: String(error) }) })
}`
}
