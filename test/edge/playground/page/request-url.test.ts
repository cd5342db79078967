import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { tamperWith } from '../../../../edge/playground/page/access/tamper.ts'
import {
  readKey,
  readParameter,
  readPieces,
  removeProof,
  splitRequestUrl,
  writeKey,
  writeParameter,
} from '../../../../edge/playground/page/request/request-url.ts'

const signed = '/photo.jpg?width=200&exp=1800000000&kid=a&sig=b'

suite('splitRequestUrl', () => {
  for (const [url, path, query] of [
    ['/photo.jpg?w=1', '/photo.jpg', 'w=1'],
    ['photo.jpg', '/photo.jpg', ''],
    [' http://localhost:8080/photo.jpg?w=1#top', '/photo.jpg', 'w=1'],
    ['', '/', ''],
    ['/a?b?c', '/a', 'b?c'],
  ] as const) {
    test(`takes ${url || 'nothing'} apart`, () => assert.deepEqual(splitRequestUrl(url), { path, query }))
  }
})

suite('readParameter', () => {
  for (const [url, name, value] of [
    ['/a?W=5', 'width', '5'],
    ['/a?bg=%23FFF', 'background', '#FFF'],
    ['/a?width=', 'width', ''],
    ['/a?overlay=marks/a+b.png', 'overlay', 'marks/a b.png'],
    ['/a', 'width', undefined],
  ] as const) {
    test(`reads ${name} of ${url}`, () => assert.equal(readParameter(url, name), value))
  }

  test('reads what is no parameter under the name that it has', () => {
    assert.deepEqual(readPieces('/a?UTM_source=x&&y'), [
      { name: 'utm_source', text: 'x', sent: 'UTM_source=x' },
      { name: 'y', text: '', sent: 'y' },
    ])
  })
})

suite('writeParameter', () => {
  for (const [url, name, value, written] of [
    ['/a?W=5&x=1', 'width', '6', '/a?W=6&x=1'],
    ['/a?W=5&x=1', 'width', undefined, '/a?x=1'],
    ['/a', 'aspect', '16:9', '/a?aspect=16:9'],
    ['/a?width=5', 'background', '#fff', '/a?width=5&background=%23fff'],
    ['/a?w=5&width=6', 'width', '7', '/a?w=7'],
    ['/a?width=5', 'overlay', 'marks/a b.png', '/a?width=5&overlay=marks/a%20b.png'],
    [signed, 'width', '300', '/photo.jpg?width=300'],
    [signed, 'sig', 'c', '/photo.jpg?width=200&exp=1800000000&kid=a&sig=c'],
  ] as const) {
    test(`writes ${name}=${value} into ${url}`, () => assert.equal(writeParameter(url, name, value), written))
  }

  test('is read again as it was written', () => {
    for (const value of ['a b', 'a+b', 'ä&=?#%', '16:9', 'x/y,z']) {
      assert.equal(readParameter(writeParameter('/a?width=1', 'overlay', value), 'overlay'), value)
    }
  })
})

suite('the key of a URL', () => {
  test('is its path, or what its parameter says', () => {
    assert.equal(readKey('/caf%C3%A9/a.jpg?w=1'), 'café/a.jpg')
    assert.equal(readKey('/?key=b.jpg'), 'b.jpg')
  })

  test('is written without what belongs to the former', () => {
    assert.equal(writeKey(signed, 'été/b c.jpg'), '/%C3%A9t%C3%A9/b%20c.jpg?width=200')
    assert.equal(writeKey('/?key=a.jpg&w=5', 'b.jpg'), '/b.jpg?w=5')
  })
})

suite('tamperWith', () => {
  test('changes the width and keeps the signature', () => {
    assert.equal(tamperWith(signed), '/photo.jpg?width=201&exp=1800000000&kid=a&sig=b')
    assert.equal(tamperWith('/a?width=8192&sig=b'), '/a?width=8191&sig=b')
  })

  test('adds a width where there is none', () => assert.equal(tamperWith('/a?sig=b'), '/a?width=1234&sig=b'))

  test('takes off what removeProof takes off, and nothing else', () =>
    assert.equal(removeProof(tamperWith(signed)), '/photo.jpg?width=201'))
})
