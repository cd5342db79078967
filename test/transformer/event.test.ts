import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Invocation, readEvent, type TransformerEvent } from '../../transformer/event.ts'

const http = { http: { method: 'GET' } }

interface Row {
  name: string
  event: TransformerEvent
  expected: Partial<Invocation>
}

const rows: readonly Row[] = [
  {
    name: 'a Function URL event as canonical, path and query as sent',
    event: { rawPath: '/a~20b.jpg', rawQueryString: 'rev=1&width=8&format=auto', requestContext: http },
    expected: {
      canonical: true,
      method: 'GET',
      path: '/a~20b.jpg',
      query: 'rev=1&width=8&format=auto',
    },
  },
  {
    name: 'its method',
    event: { rawPath: '/x', rawQueryString: '', requestContext: { http: { method: 'HEAD' } } },
    expected: { method: 'HEAD', query: '' },
  },
  {
    name: 'a direct invocation as a request',
    event: { queryStringParameters: { key: 'p/é.jpg', width: '800' } },
    expected: {
      canonical: false,
      method: 'GET',
      path: '/',
      query: 'key=p%2F%C3%A9.jpg&width=800',
    },
  },
  {
    name: 'a direct value as decoded already',
    event: { queryStringParameters: { key: 'a+b%20&c=d.jpg' } },
    expected: { query: 'key=a%2Bb%2520%26c%3Dd.jpg' },
  },
  {
    name: 'a direct number as its text',
    event: { queryStringParameters: { width: 800 as unknown as string } },
    expected: { query: 'width=800' },
  },
  {
    name: 'a direct value that is not there as empty',
    event: { queryStringParameters: { width: undefined } },
    expected: { query: 'width=' },
  },
  {
    name: 'a direct invocation with null for its parameters',
    event: { queryStringParameters: null, headers: null },
    expected: { canonical: false, query: '' },
  },
  {
    name: 'a direct invocation with nothing',
    event: {},
    expected: { canonical: false, path: '/', query: '' },
  },
]

suite('readEvent reads', () => {
  for (const { name, event, expected } of rows) {
    test(name, () => {
      const invocation = readEvent(event)
      assert.deepEqual({ ...invocation, ...expected }, invocation)
    })
  }
})

suite('readEvent gives headers', () => {
  const { header } = readEvent({ headers: { Accept: 'image/avif', 'SAVE-DATA': 'on', empty: undefined } })
  const looked = [
    ['accept', 'image/avif'],
    ['save-data', 'on'],
    ['empty', ''],
    ['missing', ''],
    ['constructor', ''],
    ['__proto__', ''],
  ] as const
  for (const [name, value] of looked) {
    test(`${name}: "${value}"`, () => assert.equal(header(name), value))
  }
})
