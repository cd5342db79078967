import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sax from 'sax'
import { formatCsv } from '../../../bench/load/export.ts'
import { playSource } from '../../../bench/load/source.ts'
import { readText } from '../../project-files.ts'

interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

const root = parse(readText('bench/load/jmeter/fovea.jmx'))
const elements = list(root)
const requests = [...playSource({ keys: ['a b.jpg', 'shop/ü.jpg'] }, 400, 10, 1)]

/** @throws Error where the text is no XML. */
function parse(text: string): Element {
  const parser = sax.parser(true)
  const document: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [document]
  parser.onopentag = ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  }
  parser.onclosetag = () => void open.pop()
  parser.ontext = (part) => {
    const element = open.at(-1)
    if (element) element.text += part
  }
  parser.onerror = (error) => {
    throw error
  }
  parser.write(text).close()
  return document
}

function list(element: Element): Element[] {
  return [element, ...element.children.flatMap(list)]
}

/** The only element of this name. */
function find(name: string): Element {
  const found = elements.filter((element) => element.name === name)
  assert.equal(found.length, 1, name)
  return found[0] as Element
}

function property(element: Element, name: string): string {
  const found = element.children.find(({ attributes }) => attributes.name === name)
  assert.ok(found, `${element.name} without ${name}`)
  return found.text
}

/** What lies below `element`: the hashTree that follows it. */
function below(element: Element): Element[] {
  for (const { children } of elements) {
    const at = children.indexOf(element)
    if (at >= 0) return children[at + 1]?.children.filter(({ name }) => name !== 'hashTree') ?? []
  }
  return []
}

suite('the plan for JMeter', () => {
  test('is a tree as JMeter reads it: each element with a hashTree behind it', () => {
    const trees = elements.filter(({ name }) => name === 'hashTree' || name === 'jmeterTestPlan')
    assert.ok(trees.length > 8)
    for (const { children } of trees.filter(({ name }) => name === 'hashTree')) {
      children.forEach(({ name }, at) => {
        assert.equal(name === 'hashTree', at % 2 === 1, `${name} at ${at}`)
      })
      assert.equal(children.length % 2, 0)
    }
    for (const { name, attributes } of elements.filter(
      (each) => each.attributes.testclass && each.name !== 'elementProp',
    )) {
      assert.ok(attributes.guiclass, name)
      assert.equal(attributes.testclass, name)
    }
  })

  test('plays at a fixed arrival rate that properties give', () => {
    const schedule = property(find('OpenModelThreadGroup'), 'OpenModelThreadGroup.schedule')
    assert.match(
      schedule,
      /^pause\(\$\{__P\(lead,10\)\} sec\) rate\(\$\{__P\(rps,50\)\}\/sec\) random_arrivals\(\$\{__P\(duration,30\)\} sec\)/,
    )
  })

  test('sends nothing before the host has been looked at', () => {
    const [check] = below(find('SetupThreadGroup'))
    const script = property(check as Element, 'script')
    assert.match(script, /props\.setProperty\('fovea\.allowed'/)
    assert.match(script, /i_own_this/)
    assert.deepEqual(
      below(find('OpenModelThreadGroup')).map(({ name }) => name),
      ['CSVDataSet', 'IfController'],
    )
    assert.match(
      property(find('IfController'), 'IfController.condition'),
      /^\$\{__P\(fovea\.allowed,false\)\}$/,
    )
    assert.deepEqual(
      below(find('IfController')).map(({ name }) => name),
      ['HTTPSamplerProxy'],
    )
    assert.equal(elements.filter(({ name }) => name.startsWith('HTTPSampler')).length, 1)
  })

  test('looks at the host by its letters, as a whole', () => {
    const [check] = below(find('SetupThreadGroup'))
    const [, pattern = ''] = /==~ \/(.+)\/\n/.exec(property(check as Element, 'script')) ?? []
    // Groovy's ==~ is a match of the whole.
    const own = new RegExp(`^(?:${pattern})$`)
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) assert.match(host, own)
    for (const host of [
      'localhost.evil.com',
      'evil.com',
      '127.0.0.1.evil.com',
      '127.0.0.1@evil.com',
      '0.0.0.0',
      '',
    ]) {
      assert.doesNotMatch(host, own)
    }
  })

  test('has a column for each variable that it uses, and sends every header of the trace', () => {
    const columns = formatCsv(requests).split('\n')[0]?.split(',') ?? []
    assert.equal(property(find('CSVDataSet'), 'variableNames'), '')
    const used = elements.flatMap(({ text }) => [...text.matchAll(/\$\{(\w+)\}|vars\.get\('([\w-]+)'\)/g)])
    const variables = used.map(([, own, script]) => own ?? script).filter((name) => name !== 'host')
    assert.ok(variables.length >= 2)
    for (const name of variables) assert.ok(columns.includes(name as string), name)
    const names = /\[(.*)\]\.each/.exec(property(find('JSR223PreProcessor'), 'script'))?.[1] ?? ''
    const headers = names.split(',').map((each) => each.trim().replace(/'/g, ''))
    assert.deepEqual([...headers].sort(), columns.slice(3).sort())
  })

  test('follows no redirect and keeps connections', () => {
    const sampler = find('HTTPSamplerProxy')
    assert.equal(property(sampler, 'HTTPSampler.follow_redirects'), 'false')
    assert.equal(property(sampler, 'HTTPSampler.auto_redirects'), 'false')
    assert.equal(property(sampler, 'HTTPSampler.use_keepalive'), 'true')
    assert.match(property(sampler, 'HTTPSampler.path'), /^\$\{target\}$/)
  })
})

suite('formatCsv', () => {
  test('writes a row for each request, with what it is owed', () => {
    const rows = formatCsv(requests).trimEnd().split('\n')
    assert.equal(rows.length, requests.length + 1)
    const first = requests[0]
    assert.ok(rows[1]?.startsWith(`"${first?.target}","${first?.intent}","`))
    assert.ok(rows.every((row, at) => at === 0 || /^"[^"]*"(?:,"[^"]*")+$/.test(row)))
  })

  test('refuses a header that has no column', () => {
    const odd = { target: '/', intent: 'picture', headers: { 'x-odd': '1' } } as const
    assert.throws(() => formatCsv([odd]), /x-odd/)
  })
})
