// Prints the URL of each vector of standard input: secret, kid, exp, key, names and values, between tabs.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const { sign } = await import(pathToFileURL(`${process.argv[2]}/sign.mjs`).href)

for (const line of readFileSync(0, 'utf8').split('\n').slice(0, -1)) {
  const [secret, kid, exp, key, ...rest] = line.split('\t')
  const parameters = {}
  for (let at = 0; at < rest.length; at += 2) parameters[rest[at]] = rest[at + 1]
  console.log(sign(secret, kid, Number(exp), key, parameters))
}
