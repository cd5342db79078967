import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createQueue } from '../../../edge/queue/queue.ts'

/** A queue whose messages are hidden for 30 s and dead after two receives, with a clock that is set by hand. */
function openQueue() {
  let nowMs = 1_000_000
  const now = () => nowMs
  const dead = createQueue({ visibilitySeconds: 30 }, now)
  const queue = createQueue({ visibilitySeconds: 30, deadLetters: { queue: dead, maxReceiveCount: 2 } }, now)
  const advance = (seconds: number) => {
    nowMs += seconds * 1000
  }
  const receiveBodies = () => queue.receive(10).map(({ body }) => body)
  return { queue, dead, advance, receiveBodies }
}

suite('a queue', () => {
  test('gives a message to one receiver, until it is deleted', () => {
    const { queue, advance, receiveBodies } = openQueue()
    queue.send('a')
    const [message] = queue.receive(10)
    assert.equal(message?.receiveCount, 1)
    advance(29)
    assert.deepEqual(receiveBodies(), [])
    queue.delete(message?.receiptHandle ?? '')
    advance(2)
    assert.deepEqual([receiveBodies(), queue.count()], [[], 0])
  })

  test('gives it again when its time is up, and no deletion by who had it before counts', () => {
    const { queue, advance } = openQueue()
    queue.send('a')
    const [first] = queue.receive(1)
    advance(30)
    const [second] = queue.receive(1)
    assert.equal(second?.receiveCount, 2)
    queue.delete(first?.receiptHandle ?? '')
    assert.equal(queue.count(), 1)
    assert.equal(queue.changeVisibility(first?.receiptHandle ?? '', 0), false)
  })

  test('gives it sooner or later where the receiver says so', () => {
    const { queue, advance, receiveBodies } = openQueue()
    queue.send('a')
    const [message] = queue.receive(1)
    assert.equal(queue.changeVisibility(message?.receiptHandle ?? '', 100), true)
    advance(99)
    assert.deepEqual(receiveBodies(), [])
    advance(1)
    assert.deepEqual(receiveBodies(), ['a'])
  })

  test('holds a delayed message back', () => {
    const { queue, advance, receiveBodies } = openQueue()
    queue.send('later', 25)
    queue.send('now')
    assert.deepEqual(receiveBodies(), ['now'])
    advance(25)
    assert.equal(queue.countVisible(), 1)
    assert.deepEqual(receiveBodies(), ['later'])
  })

  test('puts what was received too often to the dead letters', () => {
    const { queue, dead, advance, receiveBodies } = openQueue()
    queue.send('a')
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(receiveBodies(), ['a'])
      advance(30)
    }
    assert.deepEqual([receiveBodies(), queue.count()], [[], 0])
    assert.deepEqual(
      dead.receive(1).map(({ body }) => body),
      ['a'],
    )
  })

  test('gives so many and no more', () => {
    const { queue } = openQueue()
    for (let index = 0; index < 5; index++) queue.send(`${index}`)
    assert.deepEqual([queue.receive(3).length, queue.receive(3).length], [3, 2])
  })
})
