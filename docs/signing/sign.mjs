// sign(secret, 'web', Math.floor(Date.now() / 1000) + 3600, 'p/chair.jpg', { width: 800, format: 'webp' })
// gives path and query; put 'https://' and the host before it. Parameters by their full names, in the order of the table
// in docs/url.md, each value in its one spelling: 16-9, ffffff, 0.30_0.75, 2 not 2.0 or 02.
import { createHmac } from 'node:crypto'

export function sign(secret, kid, exp, key, parameters) {
  const encode = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  const percent = (text) =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, encode)
      .replaceAll('%2F', '/')
  const tilde = (text) => percent(text).replaceAll('~', '%7E').replaceAll('%', '~')
  const join = (pairs, write) => pairs.map(([name, value]) => `${name}=${write(value)}`).join('&')

  const pairs = Object.entries(parameters)
  const text = ['fovea1', tilde(key), join(pairs, tilde), exp, kid].join('\n')
  const sig = createHmac('sha256', secret).update(text).digest('base64url')
  return `/${percent(key)}?${join([...pairs, ['exp', exp], ['kid', kid], ['sig', sig]], percent)}`
}
