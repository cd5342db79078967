// A process that does nothing but answer: what Node itself takes.
process.stdout.write('.')
