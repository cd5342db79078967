import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { askEdge, testSigner } from './test-signer.ts'

const signer = testSigner()

/** What each URL of a srcset becomes at the edge, with its descriptor. */
function readSrcset(srcset: string): string[] {
  return srcset.split(', ').map((candidate) => {
    const [url = '', descriptor] = candidate.split(' ')
    const decision = askEdge(url)
    assert.equal(decision.refusal, undefined)
    return `${decision.url?.query} ${descriptor}`
  })
}

suite('signUrls', () => {
  test('writes a srcset of widths, each once, rising', () => {
    const { srcset, urls } = signer.signUrls(
      'a,b c.jpg',
      { aspect: '2:1' },
      { widths: [1280, 320, 640, 320] },
    )
    assert.deepEqual(readSrcset(srcset), [
      'rev=1&width=320&height=160&format=auto.avif 320w',
      'rev=1&width=640&height=320&format=auto.avif 640w',
      'rev=1&width=1280&height=640&format=auto.avif 1280w',
    ])
    assert.deepEqual(srcset, urls.map(({ url, descriptor }) => `${url} ${descriptor}`).join(', '))
    assert.doesNotMatch(srcset.replaceAll(', ', ''), /,/)
  })

  for (const [widths, expected] of [
    [[320, 640, 1280, 1920], 1280],
    [[320, 640], 640],
    [[1920, 3840], 1920],
  ] as const) {
    test(`takes of ${widths} for src ${expected}`, () => {
      const { src } = signer.signUrls('a.jpg', {}, { widths })
      assert.match(src, new RegExp(`\\?width=${expected}&`))
    })
  }

  test('writes a srcset of densities, the first of which is the image itself', () => {
    const parameters = { width: 200, height: 150 }
    const { srcset, src } = signer.signUrls('a.jpg', parameters, { densities: [2, 1, 1.5] })
    assert.deepEqual(readSrcset(srcset), [
      'rev=1&width=200&height=150&format=auto.avif 1x',
      'rev=1&width=300&height=225&format=auto.avif 1.5x',
      'rev=1&width=400&height=300&format=auto.avif 2x',
    ])
    assert.equal(src, signer.signUrl('a.jpg', parameters))
  })

  test('multiplies the size of a preset', () => {
    const { srcset } = signer.signUrls('a.jpg', { preset: 'card' }, { densities: [1, 2] })
    assert.deepEqual(readSrcset(srcset), [
      'rev=1&width=400&height=300&format=auto.avif 1x',
      'rev=1&width=800&height=600&format=auto.avif 2x',
    ])
  })

  test('gives all URLs one end', () => {
    let ms = Date.UTC(2026, 0, 1)
    const slow = testSigner({ now: () => (ms += 3_000_000) })
    const { urls } = slow.signUrls('a.jpg', {}, { widths: [1, 2, 3, 4] }, { expiresInSeconds: 60 })
    assert.equal(new Set(urls.map(({ url }) => /exp=\d+/.exec(url)?.[0])).size, 1)
  })

  for (const [parameters, set, message] of [
    [{}, { widths: [] }, /^expected a list of numbers, at least one for widths/],
    [{}, { widths: [0] }, /for width but received 0/],
    [{}, { widths: [320, 9000] }, /for width but received 9000/],
    [{ width: 80 }, { densities: [5] }, /for dpr but received 5/],
    [{}, { densities: [1, 2] }, /^expected width, height or a preset/],
    [{ height: 80 }, { widths: [80] }, /^expected no height, which the set gives/],
    [{ width: 80, dpr: 2 }, { densities: [1] }, /^expected no dpr/],
    [{}, {}, /^expected widths or densities for set/],
    [{}, { widths: [80], densities: [1] }, /^expected widths or densities for set/],
  ] as const) {
    test(`refuses ${JSON.stringify(set)} beside ${JSON.stringify(parameters)}`, () => {
      assert.throws(() => signer.signUrls('a.jpg', parameters as object, set as never), {
        message,
      })
    })
  }
})
