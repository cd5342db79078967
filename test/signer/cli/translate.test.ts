import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { run } from './run.ts'

suite('fovea translate', () => {
  test('prints the URL alone where all is the same', async () => {
    const { code, out, err } = await run(['translate', 'https://e.imgix.net/a.jpg?w=80&auto=format'])
    assert.deepEqual([code, out, err], [0, '/a.jpg?width=80\n', ''])
  })

  test('puts the host before it', async () => {
    const { out } = await run([
      'translate',
      'https://e.imgix.net/a.jpg?w=80',
      '--base-url',
      'https://i.example',
    ])
    assert.equal(out, 'https://i.example/a.jpg?width=80\n')
    const { out: other } = await run(['translate', '/cdn-cgi/image/w=8/a.jpg'], {
      environment: { FOVEA_BASE_URL: 'https://j.example' },
    })
    assert.equal(other, 'https://j.example/a.jpg?width=8\n')
  })

  test('says what is lost, with exit code 1', async () => {
    const { code, out, err } = await run(['translate', 'https://e.imgix.net/a.jpg?w=80&txt=Hi&q=70'])
    assert.deepEqual([code, out], [1, '/a.jpg?width=80&quality=70\n'])
    assert.match(err, /^txt=Hi +lost +no text is drawn$/m)
    assert.match(err, /^q=70 +quality=70 +one scale/m)
  })

  test('says what the edge would refuse', async () => {
    const { code, err } = await run(['translate', '--from', 'dit-query', '/a.jpg?dpr=2'])
    assert.equal(code, 1)
    assert.match(err, /^refused by the edge: contradiction: expected width or height for dpr/m)
  })

  test('says that it was not sure', async () => {
    const { code, err } = await run(['translate', '/a.jpg?width=8'])
    assert.equal(code, 0)
    assert.match(err, /^read as aws-samples, which the form of the URL leaves open/)
  })

  test('prints everything for machines', async () => {
    const { out } = await run(['translate', 'https://e.imgix.net/a.jpg?w=80&txt=Hi', '--json'])
    const { url, service, key, options } = JSON.parse(out)
    assert.deepEqual([url, service, key, options.length], ['/a.jpg?width=80', 'imgix', 'a.jpg', 2])
    assert.deepEqual(options[1], {
      option: 'txt',
      value: 'Hi',
      becomes: '',
      warning: 'no text is drawn',
      lost: true,
    })
  })

  test('prints the table of one service', async () => {
    const { out } = await run(['translate', '--table', '--from', 'imgix'])
    assert.match(out, /^### imgix\n/)
    assert.doesNotMatch(out, /Cloudinary/)
  })

  for (const [what, argv, code] of [
    ['no URL', [], 2],
    ['a service that is none', ['/a.jpg', '--from', 'imgixx'], 2],
    ['a URL beside --table', ['/a.jpg', '--table'], 2],
    ['--json beside --table', ['--table', '--json'], 2],
    ['a URL of another service', ['/a.jpg', '--from', 'cloudinary'], 1],
    ['a key that no original has', ['https://e.imgix.net/a/../b.jpg?w=1'], 1],
  ] as const) {
    test(`ends with ${code} for ${what}`, async () => {
      const outcome = await run(['translate', ...argv])
      assert.equal(outcome.code, code)
      assert.match(outcome.err, /^fovea translate: .*expected/)
    })
  }
})
